"""The commands. Each imports what it needs when it runs, so `--help` stays quick."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from ingest.errors import DondocError

app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc: từ văn bản scan đến nhiệm vụ được theo dõi.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
database = typer.Typer(help="Cơ sở dữ liệu.", no_args_is_help=True)
index = typer.Typer(help="Chỉ mục tìm kiếm.", no_args_is_help=True)
user = typer.Typer(help="Người dùng.", no_args_is_help=True)
app.add_typer(database, name="db")
app.add_typer(index, name="index")
app.add_typer(user, name="user")

Files = Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục văn bản.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]


@app.command()
def extract(
    files: Files,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Thư mục ghi NAME.json; không có thì in từng dòng JSON.")] = None,
    stats: Annotated[bool, typer.Option("--stats", help="In số trang và thời gian từng bước.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="In từng giá trị: quy tắc nào cho, đọc ở trang, dòng, chữ nào, tin cậy bao nhiêu.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In dạng JSON, mỗi văn bản một dòng (cùng --explain).")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Số tiến trình đọc.")] = 2,
) -> None:
    """Đọc và bóc tách văn bản, không cần cơ sở dữ liệu."""
    from dondoc.commands.extract import run

    raise typer.Exit(run(files, out=out, stats=stats, explain=explain, as_json=as_json, workers=workers))


@app.command()
def ocr(
    file: Annotated[Path, typer.Argument(help="Tệp PDF hoặc ảnh.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Tệp kết quả .pdf (tìm kiếm được) hoặc .txt.")],
    pdfa: Annotated[bool, typer.Option("--pdfa", help="Ghi theo PDF/A-2b.")] = False,
) -> None:
    """Làm PDF tìm kiếm được hoặc văn bản thuần từ bản scan."""
    from dondoc.commands.ocr import run

    raise typer.Exit(run(file, out, pdfa=pdfa))


@app.command()
def ingest(
    files: Files,
    as_json: AsJson = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Số tiến trình đọc (mặc định: DONDOC_WORKERS).")] = None,
) -> None:
    """Đăng ký, bóc tách và lập chỉ mục các văn bản."""
    from dondoc.commands.ingest import run

    raise typer.Exit(run(files, as_json=as_json, workers=workers))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Từ ngữ, “cụm từ”, số ký hiệu; có dấu hoặc không dấu.")],
    tasks_only: Annotated[bool, typer.Option("--tasks", help="Tìm trong nhiệm vụ.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    as_json: AsJson = False,
) -> None:
    """Tìm văn bản hoặc nhiệm vụ."""
    from dondoc.commands.find import search as run

    raise typer.Exit(run(query, tasks_only=tasks_only, limit=limit, as_json=as_json))


@app.command()
def refs(
    query: Annotated[str, typer.Argument(help="Văn bản được viện dẫn, ví dụ: Nghị định 45/2012.")],
    as_json: AsJson = False,
) -> None:
    """Những văn bản viện dẫn văn bản này, kèm trang; văn bản ấy là tệp nào, đã bị sửa đổi, thay thế chưa."""
    from dondoc.commands.find import refs as run

    raise typer.Exit(run(query, as_json=as_json))


@app.command()
def tasks(
    agency: Annotated[str | None, typer.Option("--agency", help="Cơ quan chủ trì hoặc phối hợp.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="overdue, soon, in-time, no-term, open, done, done-in-time, done-late.")] = None,
    due_before: Annotated[str | None, typer.Option("--due-before", help="Hạn trước ngày (dd/mm/yyyy hoặc yyyy-mm-dd).")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10000)] = 200,
    as_json: AsJson = False,
) -> None:
    """Danh sách nhiệm vụ theo cơ quan, trạng thái, thời hạn."""
    from dondoc.commands.find import tasks as run

    raise typer.Exit(run(agency=agency, status=status, due_before=_day(due_before), limit=limit, as_json=as_json))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Địa chỉ lắng nghe.")] = None,
    port: Annotated[int | None, typer.Option(help="Cổng.")] = None,
) -> None:
    """Chạy ứng dụng web cùng các tiến trình đọc văn bản."""
    from dondoc.commands.serve import run

    raise typer.Exit(run(host=host, port=port))


@app.command()
def worker() -> None:
    """Chỉ chạy các tiến trình đọc văn bản."""
    from dondoc.commands.serve import run_worker

    raise typer.Exit(run_worker())


@app.command()
def demo(
    port: Annotated[int | None, typer.Option(help="Cổng.")] = None,
    load_only: Annotated[bool, typer.Option("--load-only", help="Chỉ nạp văn bản mẫu rồi dừng.")] = False,
) -> None:
    """Nạp văn bản mẫu và chạy ứng dụng web để xem thử."""
    from dondoc.commands.demo import run

    raise typer.Exit(run(port=port, load_only=load_only))


@app.command()
def evaluate(
    gold_dir: Annotated[Path | None, typer.Argument(help="Thư mục gold: NAME.json cạnh NAME.txt hoặc NAME.pdf.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Đo việc đọc ảnh: trang mẫu hư hại đủ kiểu, hay trang có bản chép NAME.pN.txt.")] = False,
    letters: Annotated[int, typer.Option(help="Với --ocr: số văn bản mẫu.", min=1)] = 4,
    verbose: Annotated[bool, typer.Option("--verbose", help="In từng chỗ sai.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Giữ số đo này để lần sau so.")] = False,
    figures: Annotated[Path | None, typer.Option("--figures", help="Tệp số đo đã giữ (mặc định: corpus/figures.json).")] = None,
    as_json: AsJson = False,
) -> None:
    """Chấm kết quả bóc tách so với gold; cho biết hơn kém so với số đo đã giữ."""
    from dondoc.commands.evaluate import run, run_ocr

    if ocr:
        raise typer.Exit(run_ocr(gold_dir, letters=letters, as_json=as_json))
    raise typer.Exit(run(gold_dir, verbose=verbose, as_json=as_json, keep=keep, figures=figures))


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="Tệp .zip sẽ ghi.")]) -> None:
    """Sao lưu cơ sở dữ liệu và bản gốc vào một tệp."""
    from dondoc.commands.keep import backup as run

    raise typer.Exit(run(target))


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="Tệp .zip đã sao lưu.")]) -> None:
    """Khôi phục vào một thư mục dữ liệu trống."""
    from dondoc.commands.keep import restore as run

    raise typer.Exit(run(source))


@database.command("upgrade")
def database_upgrade() -> None:
    """Đưa cơ sở dữ liệu lên phiên bản hiện tại."""
    from dondoc.commands.keep import upgrade as run

    raise typer.Exit(run())


@index.command("status")
def index_status(as_json: AsJson = False) -> None:
    """Tình trạng chỉ mục: số bản ghi, độ trễ."""
    from dondoc.commands.indexing import status as run

    raise typer.Exit(run(as_json=as_json))


@index.command("rebuild")
def index_rebuild(
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Lập lại toàn bộ chỉ mục từ cơ sở dữ liệu."""
    from dondoc.commands.indexing import rebuild as run

    raise typer.Exit(run(as_json=as_json))


@index.command("reconcile")
def index_reconcile(
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """So chỉ mục với cơ sở dữ liệu và sửa chỗ lệch."""
    from dondoc.commands.indexing import reconcile as run

    raise typer.Exit(run(as_json=as_json))


@user.command("add")
def user_add(
    name: Annotated[str, typer.Argument(help="Tên đăng nhập.")],
    role: Annotated[str, typer.Option(help="van-thu, chuyen-vien, phap-che, lanh-dao hoặc quan-tri.")] = "van-thu",
    full_name: Annotated[str, typer.Option("--full-name", help="Họ và tên.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Đọc mật khẩu từ đầu vào chuẩn.")] = False,
) -> None:
    """Thêm người dùng; mật khẩu được hỏi, không bao giờ có mặc định."""
    from dondoc.commands.keep import add_user as run

    raise typer.Exit(run(name, role=role, full_name=full_name, password_stdin=password_stdin))


@app.command()
def version() -> None:
    """In phiên bản."""
    from dondoc import __version__

    typer.echo(__version__)


def _day(value: str | None) -> date | None:
    if value is None:
        return None
    import re

    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value):
        year, month, day = map(int, match.groups())
    else:
        raise typer.BadParameter(f"“{value}” không phải ngày; viết như 25/12/2025.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise typer.BadParameter(f"“{value}” không phải ngày có thật.") from error


def main() -> NoReturn:
    """Run the program; expected failures become one clear line and an exit code."""
    from ingest.errors import DondocError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file's name may hold bytes that are no letters
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except DondocError as error:
        tell(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("Đã dừng.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has gone ("… | head"); nothing more can be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        tell(disk_failure(error))
        sys.exit(1)
    sys.exit(0)


def disk_failure(error: OSError) -> DondocError:
    """What the operating system refused, in words: a full disk, no permission, a folder that cannot be made."""
    from ingest.errors import Unavailable

    what = f"{error.strerror or type(error).__name__}" + (f": {error.filename}" if error.filename else "")
    return Unavailable(
        "system-refused", f"Hệ điều hành không cho thực hiện ({what}).", f"The operating system refused ({what}).",
        advice="Hãy kiểm tra dung lượng đĩa, quyền ghi và DONDOC_DATA_DIR.",
        advice_en="Check the free space, the permissions and DONDOC_DATA_DIR.",
    )  # fmt: skip


def tell(error: DondocError, name: str | None = None) -> None:
    """Print an expected failure: what, why, what to do."""
    head = f"{name}: " if name and name not in error.message else ""
    print(f"Lỗi: {head}{error.message} {error.advice}".rstrip(), file=sys.stderr)
