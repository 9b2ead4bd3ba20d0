"""Letters made up for these tests, as readers give them."""

PLAIN = """UBND TỈNH BÌNH LÂM
SỞ NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 845/SNV-TCBC
V/v rà soát biên chế của các
đơn vị sự nghiệp năm 2022

Bình Lâm, ngày 09 tháng 5 năm 2022

Kính gửi:
- Các sở, ban, ngành thuộc UBND tỉnh;
- UBND các huyện, thành phố thuộc
tỉnh.

Thực hiện Kế hoạch số 31/KH-UBND ngày 04/4/2022 của UBND tỉnh, Sở Nội vụ đề nghị
các cơ quan rà soát biên chế, gửi về Sở trước ngày 30/5/2022./.

Nơi nhận:
- Như trên;
- UBND tỉnh (để báo cáo);
- Lãnh đạo Sở;
- Lưu: VT, TCBC (3).

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Trần Thị Lan Anh
"""

FLATTENED = """ỦY BAN NHÂN DÂN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN TÂN KHÊ Độc lập - Tự do - Hạnh phúc
Số: 17 /CT-UBND Tân Khê, ngày 03 tháng 7 năm 2018
CHỈ THỊ
Về việc tăng cường phòng cháy, chữa cháy rừng
trong mùa khô trên địa bàn huyện
Thời gian qua, nắng nóng kéo dài làm tăng nguy cơ cháy rừng trên địa bàn huyện nhà.
Chủ tịch UBND huyện yêu cầu Hạt Kiểm lâm trực gác 24/24 giờ./.
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Thường trực Huyện ủy; CHỦ TỊCH
- Các phòng, ban thuộc huyện;
- UBND các xã, thị trấn;
- Lưu: VT. Y Thịnh Niê
"""

BOXED = """VĂN PHÒNG ỦY BAN
vpubnd@binhlam.example
14.02.2023 08:01:33 +07:00

ỦY BAN NHÂN DÂN
TỈNH BÌNH LÂM

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

HỎA TỐC

Số: 03 /CĐ-UBND

Bình Lâm, ngày 14 tháng 02 năm 2023

CÔNG ĐIỆN
Về việc ứng phó với không khí lạnh tăng cường

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM điện:
- Giám đốc các Sở: Y tế, Công Thương;
- Chủ tịch UBND các huyện.

Theo bản tin dự báo thời tiết, từ ngày 15/02/2023 có rét đậm. Yêu cầu các đơn vị trực ban./.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Lê Văn Quý
"""

STAMPED = """BỘ XÂY DỰNG
-------
Số: 2051/BXD-HTKT
V/v quản lý cây xanh đô thị
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 20 tháng 8 năm 2019

SỞ XÂY DỰNG TỈNH BÌNH LÂM
Số:.... 1177 ....
Ngày:... 23/8/19 ...
ĐẾN
Chuyển:..........
Lưu hồ sơ số:.....

Kính gửi: Sở Xây dựng các tỉnh, thành phố

Thực hiện Nghị định số 64/2010/NĐ-CP, Bộ Xây dựng đề nghị các Sở rà soát cây xanh./.

Nơi nhận:
- Như trên;
- Bộ trưởng (để b/c);
- Lưu: VT, HTKT (12).

TL. BỘ TRƯỞNG
KT. CỤC TRƯỞNG CỤC HẠ TẦNG KỸ THUẬT
PHÓ CỤC TRƯỞNG

Phạm Đình Toàn
"""

PARTY = """TỈNH ỦY BÌNH LÂM
*
Số 44-CTr/TU

ĐẢNG CỘNG SẢN VIỆT NAM

Bình Lâm, ngày 12 tháng 01 năm 2016

CHƯƠNG TRÌNH HÀNH ĐỘNG
thực hiện Nghị quyết Đại hội đảng bộ tỉnh

I- MỤC TIÊU
1. Phấn đấu đến năm 2020 đạt chuẩn.

Nơi nhận:
- Các huyện ủy,
- Lưu Văn phòng Tỉnh ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Ngô Đức Thắng
"""

NEWS = """02/3/2021
Sở Y tế Bình Lâm triển khai chiến dịch tiêm chủng

Ngày 01/3, Sở Y tế tỉnh Bình Lâm đã có Công văn số 512/SYT-NVY gửi các bệnh viện về việc tiêm chủng.
Theo đó, các đơn vị chuẩn bị nhân lực, báo cáo trước ngày 10/3/2021.

Bài và ảnh: Minh Hạnh
"""

HANDWRITTEN = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH LÂM Độc lập - Tự do - Hạnh phúc
Số: &5 /UBND-TH Bình Lâm, ngày {1 tháng 10 năm 2021
V/v đơn đốc báo cáo quý III

ngửi: Các sở, ban, ngành.

Yêu cầu các đơn vị gửi báo cáo quý III trước ngày 15/10/2021./.

Nơi nhận: _ TL. CHỦ TỊCH
- Như trên; CHÁNH VĂN PHÒNG
- Lưu: VT, TH.
Thời gian ký: 11/10/2021 15:20:01
Ñguyễn Thanh Sơn
"""

WEB = """Quyết định 77/QĐ-UBND
UỶ BAN NHÂN DÂN TỈNH BÌNH LÂM --------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------
Số: 77/QĐ-UBND
Bình Lâm, ngày 06 tháng 01 năm 2014 QUYẾT ĐỊNH BAN HÀNH KẾ HOẠCH PHỐI HỢP GIỮA SỞ Y TẾ VÀ UBND HUYỆN NĂM 2014 CHỦ TỊCH UỶ BAN NHÂN DÂN TỈNH BÌNH LÂM
Căn cứ Luật Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân ngày 26 tháng 11 năm 2003;
Điều 1. Giao Sở Y tế xây dựng kế hoạch, báo cáo trước ngày 28/02/2014./.
Nơi nhận:
- Như Điều 1;
- Lưu: VT.
KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Hồng Phụ lục (Kèm theo Quyết định số 77/QĐ-UBND ngày 06 tháng 01 năm 2014)
1. Trung tâm Y tế huyện báo cáo trước ngày 15/3/2014.
"""

WEB_LETTER = """Công văn 778/TCHQ-GSQL
BỘ TÀI CHÍNH TỔNG CỤC HẢI QUAN ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------
Số: 311/TCHQ-KTSTQ V/v kiểm tra sau thông quan mặt hàng phân bón
Hà Nội, ngày 13 tháng 02 năm 2012 Kính gửi: Cục Hải quan các tỉnh, thành phố.
Để thống nhất thực hiện, Tổng cục Hải quan yêu cầu các Cục Hải quan rà soát hồ sơ./.
Nơi nhận:
- Như trên;
- Lưu: VT, KTSTQ (3b).
KT. TỔNG CỤC TRƯỞNG PHÓ TỔNG CỤC TRƯỞNG Hoàng Văn Tùng
"""

ALL = {
    "web": WEB,
    "web letter": WEB_LETTER,
    "plain": PLAIN,
    "flattened": FLATTENED,
    "boxed": BOXED,
    "stamped": STAMPED,
    "party": PARTY,
    "news": NEWS,
    "handwritten": HANDWRITTEN,
}
