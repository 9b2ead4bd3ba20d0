"""Lists of bodies taken apart, bodies found in running text, bodies told from headings."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.bodies import body_phrase_at, find_bodies, is_body, split_bodies
from tests.nlp.growth import grows_with_the_length

LISTS = {
    # initials of forces and centres, a deputy by his rank
    "BTL Quân khu 1, 2 và BTL Bộ đội Biên phòng": ["BTL Quân khu 1", "BTL Quân khu 2", "BTL Bộ đội Biên phòng"],
    "các trường THPT và các TTGDTX huyện, thị xã": ["các trường THPT", "các TTGDTX huyện, thị xã"],
    "Phó Thủ tướng Thường trực Chính phủ Lê Văn Nam, Bộ Xây dựng": ["Phó Thủ tướng Thường trực Chính phủ Lê Văn Nam", "Bộ Xây dựng"],
    # shared head words, names with commas and "và"
    "các Sở: Tài chính, Kế hoạch và Đầu tư, Thương mại và Du lịch": [
        "Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Thương mại và Du lịch",
    ],
    "Các Sở, Ngành: Tài chính, Xây dựng, Công an tỉnh và Thanh tra tỉnh": [
        "Sở Tài chính", "Sở Xây dựng", "Công an tỉnh", "Thanh tra tỉnh",
    ],
    "Sở Y tế, Giáo dục và Đào tạo, Công Thương": ["Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Công Thương"],
    "Bộ Văn hóa, Thể thao và Du lịch, Bộ Thông tin và Truyền thông": [
        "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Thông tin và Truyền thông",
    ],
    "Sở Lao động - Thương binh và Xã hội, Sở Y tế": ["Sở Lao động - Thương binh và Xã hội", "Sở Y tế"],
    "Các sở: Lao động - TB&XH, NN&PTNT, KH&ĐT": ["Sở Lao động - TB&XH", "Sở NN&PTNT", "Sở KH&ĐT"],
    "phòng Nội vụ, Tài chính - Kế hoạch": ["phòng Nội vụ", "phòng Tài chính - Kế hoạch"],
    "Cục Thuế Long An, Cần Thơ": ["Cục Thuế Long An", "Cục Thuế Cần Thơ"],
    "UBND huyện Tam Nông, UBND huyện Tân Hồng và thị xã Hồng Ngự": [
        "UBND huyện Tam Nông", "UBND huyện Tân Hồng", "UBND thị xã Hồng Ngự",
    ],
    "UBND các phường An Hòa, Phú Xuân": ["UBND phường An Hòa", "UBND phường Phú Xuân"],
    # regions and what territories lie along; names of several fields
    "UBND các tỉnh, thành phố vùng Đồng bằng sông Cửu Long, Sở Y tế các tỉnh khu vực Bắc Trung Bộ": [
        "UBND các tỉnh, thành phố vùng Đồng bằng sông Cửu Long", "Sở Y tế các tỉnh khu vực Bắc Trung Bộ",
    ],
    "UBND các xã ven đê sông Hồng, Chi cục Thủy lợi": ["UBND các xã ven đê sông Hồng", "Chi cục Thủy lợi"],
    "Phòng Vận tải và Dịch vụ hàng hải, Phòng Nội vụ và Tài chính - Kế hoạch": ["Phòng Vận tải và Dịch vụ hàng hải", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"],
    "Ban QLDA ĐTXD các CTGT tỉnh, Cảng hàng không Phù Cát": ["Ban QLDA ĐTXD các CTGT tỉnh", "Cảng hàng không Phù Cát"],
    # central bodies of organisations
    "các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ, cơ quan trung ương của các tổ chức chính trị - xã hội, UBND các tỉnh": [
        "các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ, cơ quan trung ương của các tổ chức chính trị - xã hội", "UBND các tỉnh",
    ],
    "các cơ quan Trung ương của các đoàn thể, UBND các tỉnh": ["các cơ quan Trung ương của các đoàn thể", "UBND các tỉnh"],
    # places whose names begin as bodies do
    "UBND xã Hội Sơn, xã Trường Sơn và huyện Đoàn Hùng": ["UBND xã Hội Sơn", "UBND xã Trường Sơn", "UBND huyện Đoàn Hùng"],
    "UBND thành phố Buôn Ma Thuột, thị xã Buôn Hồ": ["UBND thành phố Buôn Ma Thuột", "UBND thị xã Buôn Hồ"],
    "UBND xã, Hội Nông dân xã, Đoàn Thanh niên xã": ["UBND xã", "Hội Nông dân xã", "Đoàn Thanh niên xã"],
    # shared tails
    "Đảng ủy, UBND các xã": ["Đảng ủy các xã", "UBND các xã"],
    "Bí thư Đảng ủy, Chủ tịch UBND các xã, thị trấn": [
        "Bí thư Đảng ủy các xã, thị trấn", "Chủ tịch UBND các xã, thị trấn",
    ],
    "HĐND và UBND tỉnh": ["HĐND tỉnh", "UBND tỉnh"],
    "Hội Nông dân, Đoàn Thanh niên huyện": ["Hội Nông dân huyện", "Đoàn Thanh niên huyện"],
    "Chủ tịch Hội đồng quản trị, Tổng Giám đốc các công ty cổ phần": [
        "Chủ tịch Hội đồng quản trị các công ty cổ phần", "Tổng Giám đốc các công ty cổ phần",
    ],
    "Thanh tra Chính phủ, Thanh tra các Bộ, ngành": ["Thanh tra Chính phủ", "Thanh tra các Bộ, ngành"],
    "các Bộ: Quốc phòng, Công An, Tài chính": ["Bộ Quốc phòng", "Bộ Công An", "Bộ Tài chính"],
    # the same kind of body at several places
    "Trung tâm Y tế thành phố Thủ Đức và các quận, huyện": [
        "Trung tâm Y tế thành phố Thủ Đức", "Trung tâm Y tế các quận, huyện",
    ],
    "UBND thành phố Tam Kỳ, Hội An": ["UBND thành phố Tam Kỳ", "UBND thành phố Hội An"],
    "UBND huyện Gò Nổi, Hội Nông dân tỉnh": ["UBND huyện Gò Nổi", "Hội Nông dân tỉnh"],
    "Sở Y tế và các huyện": ["Sở Y tế", "các huyện"],
    "Các Công ty Điện lực: Kiên Giang, Cà Mau": ["Công ty Điện lực Kiên Giang", "Công ty Điện lực Cà Mau"],
    "các Cục Quản lý thị trường: An Giang, Long An": ["Cục Quản lý thị trường An Giang", "Cục Quản lý thị trường Long An"],
    "UBND các huyện, thành, thị": ["UBND các huyện, thành, thị"],
    # names that hold a word that may be a verb, and parts of a body
    "Công ty Cổ phần Công trình đô thị Bến Lức": ["Công ty Cổ phần Công trình đô thị Bến Lức"],
    "Ban Tuyên giáo Hội LHPN tỉnh": ["Ban Tuyên giáo Hội LHPN tỉnh"],
    "Phòng Kế toán nhà nước KBNN tỉnh": ["Phòng Kế toán nhà nước KBNN tỉnh"],
    "Công an xã, BCHQS xã": ["Công an xã", "BCHQS xã"],
    "PC06, PA03 và Thanh tra giao thông": ["PC06", "PA03", "Thanh tra giao thông"],
    "Trưởng các bản": ["Trưởng các bản"],
    # groups stay one entry, a new head word opens another
    "các cơ quan, đơn vị và địa phương": ["các cơ quan, đơn vị và địa phương"],
    "các Sở, ban ngành, UBND các huyện, thành phố và các tổ chức, cá nhân liên quan": [
        "các Sở, ban ngành", "UBND các huyện, thành phố", "các tổ chức, cá nhân liên quan",
    ],
    "các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ, Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương": [
        "các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ",
        "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
    ],
    "Sở, ban, ngành và UBND các huyện": ["Sở, ban, ngành", "UBND các huyện"],
    # titles
    "Giám đốc các Sở, Ban, Ngành; Chủ tịch UBND các huyện, thành phố": [
        "Giám đốc các Sở, Ban, Ngành", "Chủ tịch UBND các huyện, thành phố",
    ],
    "Giám đốc các Sở: Tài chính, Xây dựng": ["Giám đốc Sở Tài chính", "Giám đốc Sở Xây dựng"],
    "Thủ trưởng Ban Quản lý chợ, Trung tâm dịch vụ việc làm": [
        "Thủ trưởng Ban Quản lý chợ", "Thủ trưởng Trung tâm dịch vụ việc làm",
    ],
    "Thủ trưởng cơ quan ngang Bộ, Thủ trưởng cơ quan thuộc Chính phủ": [
        "Thủ trưởng cơ quan ngang Bộ", "Thủ trưởng cơ quan thuộc Chính phủ",
    ],
    # brackets
    "Sở Tài chính (chủ trì), Sở Nội vụ (phối hợp)": ["Sở Tài chính", "Sở Nội vụ"],
    # long names
    "Văn phòng HĐND và UBND huyện": ["Văn phòng HĐND và UBND huyện"],
    "Ban Quản lý Khu kinh tế Vân Đồn và các Khu công nghiệp Hải Hà": [
        "Ban Quản lý Khu kinh tế Vân Đồn và các Khu công nghiệp Hải Hà",
    ],
    "Ban Chỉ đạo phòng, chống thiên tai tỉnh": ["Ban Chỉ đạo phòng, chống thiên tai tỉnh"],
    "Công ty TNHH MTV Đầu tư, Thương mại và Dịch vụ Minh Phát và các đơn vị liên quan": [
        "Công ty TNHH MTV Đầu tư, Thương mại và Dịch vụ Minh Phát", "các đơn vị liên quan",
    ],
    "Cục Công nghiệp địa phương - Bộ Công Thương": ["Cục Công nghiệp địa phương - Bộ Công Thương"],
    "Tổng công ty Hàng không Việt Nam, Tập đoàn Điện lực Việt Nam": [
        "Tổng công ty Hàng không Việt Nam", "Tập đoàn Điện lực Việt Nam",
    ],
    "Trung tâm Xúc tiến đầu tư, thương mại và du lịch, Sở Du lịch": [
        "Trung tâm Xúc tiến đầu tư, thương mại và du lịch", "Sở Du lịch",
    ],
    "Chi nhánh Văn phòng Đăng ký đất đai huyện": ["Chi nhánh Văn phòng Đăng ký đất đai huyện"],
    # owners behind inspectorates, committees of the Party and their groups
    "Thanh tra Bộ, Thanh tra Sở Xây dựng, Thanh tra huyện": ["Thanh tra Bộ", "Thanh tra Sở Xây dựng", "Thanh tra huyện"],
    "Chánh Thanh tra Sở, Thanh tra các Bộ, ngành, địa phương": ["Chánh Thanh tra Sở", "Thanh tra các Bộ, ngành, địa phương"],
    "Đảng đoàn Mặt trận Tổ quốc tỉnh, Ban cán sự đảng Tòa án nhân dân tỉnh": [
        "Đảng đoàn Mặt trận Tổ quốc tỉnh", "Ban cán sự đảng Tòa án nhân dân tỉnh",
    ],
    "Đảng ủy Công an tỉnh và Đảng ủy Khối các cơ quan tỉnh": ["Đảng ủy Công an tỉnh", "Đảng ủy Khối các cơ quan tỉnh"],
    "Ủy ban Kiểm tra Huyện ủy, các huyện ủy, thành ủy trực thuộc": [
        "Ủy ban Kiểm tra Huyện ủy", "các huyện ủy, thành ủy trực thuộc",
    ],
    # ministries of former times, companies and their boards
    "Bộ Nội thương, Bộ Cơ khí và Luyện kim và Bộ Thủy lợi": ["Bộ Nội thương", "Bộ Cơ khí và Luyện kim", "Bộ Thủy lợi"],
    "Tổng công ty Lương thực miền Bắc, Ban QLDA Thủy điện 3": ["Tổng công ty Lương thực miền Bắc", "Ban QLDA Thủy điện 3"],
    "Các Công ty Điện lực, Công ty TNHH MTV Điện lực Hải Dương": [
        "Các Công ty Điện lực", "Công ty TNHH MTV Điện lực Hải Dương",
    ],
    "Bưu điện tỉnh, Viễn thông Hà Giang, VNPT Lai Châu": ["Bưu điện tỉnh", "Viễn thông Hà Giang", "VNPT Lai Châu"],
    "Trung ương Hội Cựu chiến binh Việt Nam, Trung ương Đoàn TNCS Hồ Chí Minh": [
        "Trung ương Hội Cựu chiến binh Việt Nam", "Trung ương Đoàn TNCS Hồ Chí Minh",
    ],
    "Chi nhánh Ngân hàng Nhà nước tỉnh, Ngân hàng Chính sách xã hội huyện": [
        "Chi nhánh Ngân hàng Nhà nước tỉnh", "Ngân hàng Chính sách xã hội huyện",
    ],
    # heads of the smallest units, schools
    "Trưởng ấp, Tổ trưởng tổ dân phố và Hiệu trưởng các trường học": [
        "Trưởng ấp", "Tổ trưởng tổ dân phố", "Hiệu trưởng các trường học",
    ],
    "Trưởng các ấp, Trạm Y tế xã": ["Trưởng các ấp", "Trạm Y tế xã"],
    "Các khoa: Toán, Vật lý và Công nghệ sinh học": ["Khoa Toán", "Khoa Vật lý", "Khoa Công nghệ sinh học"],
    "các trường: THPT Lê Lợi, THCS Chu Văn An": ["Trường THPT Lê Lợi", "Trường THCS Chu Văn An"],
    "CÁC HỌC VIỆN, TRƯỜNG ĐẠI HỌC, CAO ĐẲNG": ["CÁC HỌC VIỆN, TRƯỜNG ĐẠI HỌC, CAO ĐẲNG"],
    # commas within names, places shared
    "Hội đồng bồi thường, hỗ trợ và tái định cư thị xã, Phòng Nội vụ": [
        "Hội đồng bồi thường, hỗ trợ và tái định cư thị xã", "Phòng Nội vụ",
    ],
    "các phòng chuyên môn, đơn vị trực thuộc": ["các phòng chuyên môn, đơn vị trực thuộc"],
    "Phòng chuyên môn, đơn vị trực thuộc Sở": ["Phòng chuyên môn, đơn vị trực thuộc Sở"],
    "Phòng Giáo dục và Đào tạo, Trung tâm Văn hóa các huyện": [
        "Phòng Giáo dục và Đào tạo các huyện", "Trung tâm Văn hóa các huyện",
    ],
    "Phòng Nghiệp vụ Y, Trung tâm Y tế các huyện": ["Phòng Nghiệp vụ Y", "Trung tâm Y tế các huyện"],
    "Chi cục Kiểm lâm các tỉnh: Lai Châu, Sơn La; Cục Thuế các tỉnh, thành phố: Long An, Cần Thơ": [
        "Chi cục Kiểm lâm tỉnh Lai Châu", "Chi cục Kiểm lâm tỉnh Sơn La", "Cục Thuế Long An", "Cục Thuế Cần Thơ",
    ],
    "Tòa án nhân dân tối cao, Cơ quan thi hành án dân sự cùng cấp": [
        "Tòa án nhân dân tối cao", "Cơ quan thi hành án dân sự cùng cấp",
    ],
    # a party called by its kind alone, inside a sentence only
    "phối hợp với Công ty cắm mốc": ["Công ty"],
    "Công ty cắm mốc": [],
    "Văn phòng Bộ, Thanh tra Bộ, các Vụ, Cục thuộc Bộ": ["Văn phòng Bộ", "Thanh tra Bộ", "các Vụ, Cục thuộc Bộ"],
    # units inside hospitals, schools, courts and banks
    "Các khoa Nhi, Ngoại tổng hợp, Răng hàm mặt rà lại đơn thuốc": ["Khoa Nhi", "Khoa Ngoại tổng hợp", "Khoa Răng hàm mặt"],
    "Khoa Nhi kéo dài giờ khám": ["Khoa Nhi"],
    "Phòng Kế hoạch tổng hợp, Phòng Quản lý chất lượng": ["Phòng Kế hoạch tổng hợp", "Phòng Quản lý chất lượng"],
    "Phòng Kế hoạch tổng hợp số liệu": ["Phòng Kế hoạch"],
    "Phòng Tổ chức cán bộ và tổ Công nghệ thông tin": ["Phòng Tổ chức cán bộ", "tổ Công nghệ thông tin"],
    "Khoa Dược và tổ Công tác xã hội tổ chức phát quà": ["Khoa Dược", "tổ Công tác xã hội"],
    "Phòng Thanh tra - Pháp chế, Tổ Bảo vệ trực cổng": ["Phòng Thanh tra - Pháp chế", "Tổ Bảo vệ"],
    "Phòng Nghiệp vụ và Tổ chức thi hành án": ["Phòng Nghiệp vụ và Tổ chức thi hành án"],
    "Phòng Kiểm tra, giải quyết khiếu nại, tố cáo": ["Phòng Kiểm tra, giải quyết khiếu nại, tố cáo"],
    "Trung tâm Giáo dục thường xuyên huyện, Trung tâm Phục vụ hành chính công xã": [
        "Trung tâm Giáo dục thường xuyên huyện", "Trung tâm Phục vụ hành chính công xã",
    ],
    "Ban Kiểm soát cùng Ban Pháp chế": ["Ban Kiểm soát", "Ban Pháp chế"],
    "PC Lào Cai, Yên Bái và Điện lực Mường Khương": ["PC Lào Cai", "PC Yên Bái", "Điện lực Mường Khương"],
    "Hội LHPN huyện Văn Bàn và Hội LHPN thị xã Sa Pa": ["Hội LHPN huyện Văn Bàn", "Hội LHPN thị xã Sa Pa"],
    "các phòng giáo dục và đào tạo": ["các phòng giáo dục và đào tạo"],
    "các sở tài nguyên và môi trường, các tổ chức xã hội": ["các sở tài nguyên và môi trường", "các tổ chức xã hội"],
    # names of jobs, with a capital only
    "Thủ kho và Kế toán trưởng": ["Thủ kho", "Kế toán trưởng"],
    "Giáo viên chủ nhiệm ghi sổ": ["Giáo viên chủ nhiệm"],
    "Đơn vị tư vấn giám sát lập biên bản": ["Đơn vị tư vấn giám sát"],
    "có chữ ký của kế toán trưởng, thủ kho": [],
    # persons: behind "ông", "bà" only with a title
    "đ/c Vàng Thị Mai, Phó Giám đốc": ["đ/c Vàng Thị Mai, Phó Giám đốc"],
    "đồng chí Lò Văn Sơn - Trưởng phòng Nội vụ": ["đồng chí Lò Văn Sơn - Trưởng phòng Nội vụ"],
    "ông Hà Quang Minh, Chủ tịch UBND xã Nậm Pồ": ["ông Hà Quang Minh, Chủ tịch UBND xã Nậm Pồ"],
    "ông Hà Quang Minh nộp đơn": [],
    "tổ chức họp, Tổ chức thực hiện": [],
    # kinds of schools, groups narrowed by a clause, groups of a body
    "Hiệu trưởng các trường mầm non, tiểu học và THCS thuộc phường": [
        "Hiệu trưởng các trường mầm non, tiểu học và THCS thuộc phường",
    ],
    "Hiệu trưởng các trường MN, TH và TH&THCS trên toàn huyện": ["Hiệu trưởng các trường MN, TH và TH&THCS trên toàn huyện"],
    "Ban Giám hiệu các trường tiểu học, THCS": ["Ban Giám hiệu các trường tiểu học, THCS"],
    "các bệnh viện trực thuộc Bộ Y tế, Trạm Y tế xã": ["các bệnh viện trực thuộc Bộ Y tế", "Trạm Y tế xã"],
    "Trưởng các bộ môn và các ông (bà) có tên tại Điều 1": ["Trưởng các bộ môn", "các ông (bà) có tên tại Điều 1"],
    "UBND các xã có tên trong danh sách kèm theo, Sở Nội vụ": ["UBND các xã có tên trong danh sách kèm theo", "Sở Nội vụ"],
    "các đơn vị chưa gửi báo cáo, Văn phòng": ["các đơn vị chưa gửi báo cáo", "Văn phòng"],
    "Các trường có nhu cầu mở lớp, lập danh sách": ["Các trường có nhu cầu mở lớp"],
    "các trường được cấp sách, nộp lại": ["các trường"],
    "các cơ quan, đơn vị của Trung ương": ["các cơ quan, đơn vị của Trung ương"],
    "các tổ chức thành viên của Mặt trận Tổ quốc": ["các tổ chức thành viên của Mặt trận Tổ quốc"],
    "các cơ quan thành viên Ban Chỉ đạo 15 tỉnh": ["các cơ quan thành viên Ban Chỉ đạo 15 tỉnh"],
    "UBND cấp tỉnh, cấp huyện, cấp xã": ["UBND cấp tỉnh, cấp huyện, cấp xã"],
    "Phòng Nội vụ các huyện, thị": ["Phòng Nội vụ các huyện, thị"],
    "các huyện, thị, thành phố": ["các huyện, thị, thành phố"],
    "các huyện, thị trường": ["các huyện"],
    "Sở Du lịch, Sở Văn hóa và Thể thao các tỉnh": ["Sở Du lịch các tỉnh", "Sở Văn hóa và Thể thao các tỉnh"],
    "phòng chuyên môn và UBND cấp xã": ["phòng chuyên môn", "UBND cấp xã"],
    "sở nội vụ rà soát": ["sở nội vụ"],
    "trụ sở nội vụ": [],
    # titles
    "Các ông Chánh Văn phòng, Trưởng ban Tổ chức chính quyền, Giám đốc Sở Nội vụ": [
        "Các ông Chánh Văn phòng", "Trưởng ban Tổ chức chính quyền", "Giám đốc Sở Nội vụ",
    ],
    "Giám đốc: Sở Tài chính, Đài Truyền thanh huyện": ["Giám đốc Sở Tài chính", "Giám đốc Đài Truyền thanh huyện"],
    "Giám đốc trung tâm giáo dục thường xuyên, Hiệu trưởng trường tiểu học": [
        "Giám đốc trung tâm giáo dục thường xuyên", "Hiệu trưởng trường tiểu học",
    ],
    "Giám đốc trung tâm xem xét": [],
    "Trưởng phòng TCHC, KHKT và Giám đốc Chương trình": ["Trưởng phòng TCHC", "Trưởng phòng KHKT", "Giám đốc Chương trình"],
    "Trưởng khoa Sản và bà Lò Thị Mỵ": ["Trưởng khoa Sản", "bà Lò Thị Mỵ"],
    "Chánh Văn phòng, Trưởng các ban hữu quan": ["Chánh Văn phòng", "Trưởng các ban hữu quan"],
    "Ban Thường vụ Công đoàn trường, Ban Chấp hành Hội Cựu chiến binh": [
        "Ban Thường vụ Công đoàn trường", "Ban Chấp hành Hội Cựu chiến binh",
    ],
    "BTV Huyện Đoàn, Hội LHPN huyện": ["BTV Huyện Đoàn", "Hội LHPN huyện"],
    # short forms, numbers, brackets
    "Sở VH-TT, Sở VH và TT": ["Sở VH-TT", "Sở VH và TT"],
    "Trung tâm Kiểm soát bệnh tật (CDC) tỉnh": ["Trung tâm Kiểm soát bệnh tật tỉnh"],
    "Công an Quận 3, Viện kiểm sát nhân dân khu vực 5": ["Công an Quận 3", "Viện kiểm sát nhân dân khu vực 5"],
    "Phân xưởng 4, Phân xưởng Rèn": ["Phân xưởng 4", "Phân xưởng Rèn"],
    "lực lượng Công an, ngành Y tế": ["lực lượng Công an", "ngành Y tế"],
    "Bộ Tư lệnh Hải quân, Đồn Biên phòng Cửa khẩu Nậm Cắn": ["Bộ Tư lệnh Hải quân", "Đồn Biên phòng Cửa khẩu Nậm Cắn"],
    # where names end: a verb behind a listed field or a proper name, and words that only look like a verb
    "Phòng Dân số cấp sổ": ["Phòng Dân số"],
    "Công ty Điện lực Hà Giang lau sứ": ["Công ty Điện lực Hà Giang"],
    "trường THPT chuyên Lê Văn Tám quét vôi": ["trường THPT chuyên Lê Văn Tám"],
    "Ban Giám đốc phê duyệt": ["Ban Giám đốc"],
    "Ban Chỉ đạo triển khai Đề án 9": ["Ban Chỉ đạo triển khai Đề án 9"],
    "Khoa Khoa học máy tính": ["Khoa Khoa học máy tính"],
    "Trường Trung cấp Hậu cần 7": ["Trường Trung cấp Hậu cần 7"],
    "các đơn vị sự nghiệp công lập thuộc tỉnh": ["các đơn vị sự nghiệp công lập thuộc tỉnh"],
    "Phòng Công tác chính trị và học sinh sinh viên": ["Phòng Công tác chính trị và học sinh sinh viên"],
    "SỞ XÂY DỰNG CHỦ TRÌ": ["SỞ XÂY DỰNG"],
    # numbers, levels, several places, units of a body
    "Đội Quản lý thị trường số 9, Đoàn công tác số 2": ["Đội Quản lý thị trường số 9", "Đoàn công tác số 2"],
    "Đội Cảnh sát giao thông - Trật tự Công an huyện": ["Đội Cảnh sát giao thông - Trật tự Công an huyện"],
    "HĐND, UBND các cấp": ["HĐND các cấp", "UBND các cấp"],
    "UBND thành phố Lai Châu và các huyện Tam Đường, Sìn Hồ": [
        "UBND thành phố Lai Châu", "UBND huyện Tam Đường", "UBND huyện Sìn Hồ",
    ],
    "Chủ tịch UBND các tỉnh: Hà Giang, Hải Phòng": ["Chủ tịch UBND tỉnh Hà Giang", "Chủ tịch UBND tỉnh Hải Phòng"],
    "Ban Pháp chế HĐND tỉnh": ["Ban Pháp chế HĐND tỉnh"],
    "các đảng ủy trực thuộc Tỉnh ủy": ["các đảng ủy trực thuộc Tỉnh ủy"],
    "Ban QLDA huyện giải ngân": ["Ban QLDA huyện"],
    "Trạm Kiểm dịch động vật Mường Khương kiểm dịch": ["Trạm Kiểm dịch động vật Mường Khương"],
    "Chi cục Hải quan cửa khẩu Ma Lù Thàng": ["Chi cục Hải quan cửa khẩu Ma Lù Thàng"],
    # a department of every province, those addressed, short kinds of places, places behind a colon
    "các Sở Tài chính, Cục Thuế": ["các Sở Tài chính", "Cục Thuế"],
    "các Sở Tài chính, Nội vụ": ["Sở Tài chính", "Sở Nội vụ"],
    "quý Sở, ngành, địa phương quan tâm": ["quý Sở, ngành, địa phương"],
    "Quý cơ quan góp ý, quý Công ty": ["Quý cơ quan", "quý Công ty"],
    "Sở Y tế, cũng như UBND H.Nậm Nhùn và UBND TX.Mường Lay": ["Sở Y tế", "UBND H.Nậm Nhùn", "UBND TX.Mường Lay"],
    "UBND các xã: Nậm Hàng, Mường Mô, Hua Bum trong": ["UBND xã Nậm Hàng", "UBND xã Mường Mô", "UBND xã Hua Bum"],
    "UBND các xã: Tổ chức họp, Rà soát": ["UBND các xã"],
    "Bộ Kế hoạch Đầu tư và Sở Giáo dục Đào tạo": ["Bộ Kế hoạch Đầu tư", "Sở Giáo dục Đào tạo"],
    "Thường trực HĐND, các Ban HĐND và đại biểu HĐND huyện giám sát": ["Thường trực HĐND", "các Ban HĐND", "đại biểu HĐND huyện"],
    # names under one kind, schools of several levels, numbers with a letter, Roman numbers
    "các xã Hòa Lạc, Tân Lập 2 tổ chức": ["xã Hòa Lạc", "xã Tân Lập 2"],
    "Các chi bộ Đông Sơn 1, Đông Sơn 3, Phú Hữu kiểm điểm": ["chi bộ Đông Sơn 1", "chi bộ Đông Sơn 3", "chi bộ Phú Hữu"],
    "các trường Tiểu học Hòa Lạc, THCS Lê Lợi, Trần Phú báo cáo": ["Trường Tiểu học Hòa Lạc", "Trường THCS Lê Lợi", "Trường THCS Trần Phú"],
    "Hiệu trưởng các trường THPT Lê Lợi, Trần Phú báo cáo": ["Hiệu trưởng trường THPT Lê Lợi", "Hiệu trưởng trường THPT Trần Phú"],
    "Trường Mầm non Hoa Sen, Tiểu học số 1 Hòa Lạc báo cáo": ["Trường Mầm non Hoa Sen", "Trường Tiểu học số 1 Hòa Lạc"],
    "Hiệu trưởng các trường THCS, Tiểu học báo cáo": ["Hiệu trưởng các trường THCS, Tiểu học"],
    "các xã, phường, thị trấn": ["các xã, phường, thị trấn"],
    "Phòng 1, Phòng 1A, Phòng 2 tổng hợp": ["Phòng 1", "Phòng 1A", "Phòng 2"],
    "Vụ Kiểm tra I, II và III theo dõi": ["Vụ Kiểm tra I", "Vụ Kiểm tra II", "Vụ Kiểm tra III"],
    "Các chủ đầu tư, Ban Quản lý dự án khẩn trương": ["Các chủ đầu tư", "Ban Quản lý dự án"],
    # a head that a district's name begins like, but for its mark
    "Đài Phát thanh tỉnh, Báo Yên Bái đưa tin": ["Đài Phát thanh tỉnh", "Báo Yên Bái"],
    # a number or a place ends the name of a board, what it does follows; names of several fields
    "Ban Quản lý dự án 2 kiểm tra hiện trường": ["Ban Quản lý dự án 2"],
    "Ban Quản lý dự án đầu tư xây dựng huyện kiểm tra": ["Ban Quản lý dự án đầu tư xây dựng huyện"],
    "Trung tâm Khuyến nông tập huấn kỹ thuật": ["Trung tâm Khuyến nông"],
    "Chi cục Chăn nuôi, Thú y và Thủy sản chủ trì": ["Chi cục Chăn nuôi, Thú y và Thủy sản"],
    # names that were cut at a verb, a comma or their owner
    "Thủ trưởng các đơn vị thuộc Tòa án nhân dân tối cao quán triệt": ["Thủ trưởng các đơn vị thuộc Tòa án nhân dân tối cao"],
    "Viện kiểm sát quân sự các cấp thực hiện": ["Viện kiểm sát quân sự các cấp"],
    "Cơ quan Thanh tra, giám sát ngân hàng kiểm tra": ["Cơ quan Thanh tra, giám sát ngân hàng"],
    "Ngân hàng Nhà nước chi nhánh tỉnh, thành phố trực thuộc Trung ương": ["Ngân hàng Nhà nước chi nhánh tỉnh, thành phố trực thuộc Trung ương"],
    "Ban Quản lý dự án đầu tư xây dựng, các chủ đầu tư": ["Ban Quản lý dự án đầu tư xây dựng", "các chủ đầu tư"],
    "Cục trưởng các Cục Thuế tỉnh, thành phố, Cục trưởng Cục Quản lý giá": ["Cục trưởng các Cục Thuế tỉnh, thành phố", "Cục trưởng Cục Quản lý giá"],
    "Công ty TNHH MTV lâm nghiệp và chủ rừng khác": ["Công ty TNHH MTV lâm nghiệp"],
    # reading errors
    "Công an tinh kiểm tra": ["Công an tỉnh"],
    "UBND xã(thị trấn": ["UBND xã/thị trấn"],
    "phòng Giáo dục — Đảo tạo, UBND các xã, thị trân": ["phòng Giáo dục - Đào tạo", "UBND các xã, thị trấn"],
}  # fmt: skip


@pytest.mark.parametrize(("printed", "expected"), LISTS.items())
def test_lists(printed: str, expected: list[str]) -> None:
    assert [body.text for body in split_bodies(printed)] == expected


@pytest.mark.parametrize(
    ("lead", "phrase", "rest"),
    [
        ("Giao ", "Sở Tài chính, Sở Nội vụ", " chủ trì, phối hợp với các đơn vị rà soát"),
        ("Giao ", "Công an huyện, Ban Chỉ huy Quân sự huyện", " phối hợp UBND các xã theo dõi"),
        ("yêu cầu ", "UBND các xã, thị trấn", " quan tâm các công trình"),
        ("phối hợp với ", "Sở Y tế và các cơ quan, đơn vị liên quan", " tổ chức kiểm tra"),
        ("đề nghị ", "phòng Kinh tế - Hạ tầng", " sớm thẩm định"),
        ("giao ", "Ban Quản lý dự án và phát triển quỹ đất", " tập trung giải ngân"),
        ("", "Sở Công Thương (Cơ quan thường trực), Sở Xây dựng", " theo dõi"),
        ("gửi ", "Sở Tài chính", " (trước ngày 10/6/2020)"),
        ("giao ", "Hạt Kiểm lâm", " tham mưu"),
        ("Giao ", "Thanh tra tỉnh", " thanh tra việc chấp hành"),
        ("", "Công ty Cổ phần Thủy lợi Sông Hinh", " quản lý công trình"),
        ("", "các trường mầm non", " kiểm kê nhà, đất"),
        ("", "Sở Y tế", " cung cấp số liệu"),
        ("giao ", "Bộ Ngoại thương", " tính giá"),
        ("", "Phòng Quản trị thiết bị", " kiểm tra"),
        ("", "Công ty TNHH MTV quản lý khai thác công trình thủy lợi Yên Lập", " vận hành"),
        # a verb with its object or how it is done
        ("", "Công ty Cổ phần Cấp nước", " khắc phục ngay sự cố"),
        ("", "Trung tâm Dịch vụ đô thị", " tinh giản các khâu trung gian"),
        ("", "Công ty Cổ phần Môi trường", " đăng ký đầy đủ số lao động"),
        ("giao ", "Trung tâm Kỹ thuật nông nghiệp", " dự báo kịp thời sâu bệnh"),
        ("", "Nhà máy Thủy điện", " xả 200 m3/s"),
        ("", "Công ty Thủy sản", " đào tạo những người chưa có nghề"),
        ("các thành viên ", "Ban Chỉ đạo", " nêu cao tinh thần trách nhiệm"),
        ("", "Văn phòng thường trực Ban Chỉ huy", " tổ chức trực ban 24/24 giờ"),
        ("", "Tổ công tác", " bám sát địa bàn"),
        # such verbs in names
        ("", "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh", " tham mưu"),
        ("", "Ban Vận động thành lập Hội Sinh vật cảnh", " chuẩn bị hồ sơ"),
        ("", "Ban Chỉ đạo Trung ương về phòng, chống thiên tai", " theo dõi"),
        ("", "Trung tâm Kiểm soát bệnh tật tỉnh", " giám sát"),
        ("", "Công ty Cổ phần Đầu tư phát triển các khu công nghiệp Bình Lâm", " nộp phí"),
        ("", "các nhà máy điện hạch toán phụ thuộc", " thực hiện"),
        ("", "các công ty khác", " kê khai"),
    ],
)
def test_where_a_list_of_bodies_ends(lead: str, phrase: str, rest: str) -> None:
    text = lead + phrase + rest
    assert body_phrase_at(text, len(lead)) == (len(lead), len(lead) + len(phrase))


def test_bodies_of_a_span_are_read_in_the_light_of_what_follows() -> None:
    text = "Các trường có nhu cầu mở lớp, lập danh sách gửi Sở Nội vụ."
    span = body_phrase_at(text, 0)
    assert span is not None
    assert [body.text for body in split_bodies(text, span)] == ["Các trường có nhu cầu mở lớp"]
    assert [body.text for body in split_bodies("Sở Y tế, Sở Nội vụ, Sở Du lịch", (9, 18))] == ["Sở Nội vụ"]


def test_find_bodies_gives_phrases_in_order() -> None:
    text = "Giao Sở Tài chính, Sở Nội vụ tổng hợp; UBND các huyện báo cáo Văn phòng UBND tỉnh."
    found = find_bodies(text)
    assert [body.text for body in found] == [
        "Sở Tài chính, Sở Nội vụ",
        "UBND các huyện",
        "Văn phòng UBND tỉnh",
    ]
    for body in found:
        assert text[body.evidence.start : body.evidence.end] == body.text


@pytest.mark.parametrize(
    "text",
    [
        "Sở Công nghiệp", "UBND các huyện, thành phố:", "Các cơ sở sản xuất", "Thủ trưởng các cơ quan",
        "Chủ đầu tư", "Công ty TNHH Minh Phát", "các địa phương", "các đơn vị liên quan",
        "Các Sở: Công nghiệp, Tài chính:", "Chính quyền các cấp", "Công an tỉnh.", "Đài truyền thanh huyện",
    ],
)  # fmt: skip
def test_body_headings(text: str) -> None:
    assert is_body(text)


@pytest.mark.parametrize(
    "text",
    [
        "Về công tác tuyên truyền", "Tổ chức thực hiện", "Nhiệm vụ trọng tâm", "Ban hành kế hoạch",
        "Phòng, chống thiên tai", "Phòng chống dịch", "Hội nghị tổng kết", "Báo cáo kết quả", "Trường hợp khác",
        "Tổ quốc", "Khoa học", "đồng chí Bí thư", "Đơn vị tính", "Các nhiệm vụ trọng tâm", "Các cơ chế, chính sách", "Sở hữu trí tuệ", "Vụ Đông Xuân", "Viện phí",
        "Thanh tra, kiểm tra", "Thuế thu nhập", "Các dự án trọng điểm", "Các hồ sơ", "Các trường hợp vi phạm",
        "Khoa học và công nghệ", "Khoa giáo", "Viễn thông và công nghệ thông tin", "Trưởng thành", "Thanh tra việc chấp hành",
        "Quỹ lương", "Trung ương hội nghị", "Công tác cán bộ", "Đoàn kết", "Bộ máy", "Bộ luật Lao động", "Trách nhiệm của Sở Tài chính", "",
    ],
)  # fmt: skip
def test_thematic_headings(text: str) -> None:
    assert not is_body(text)


def head_entries() -> list[dict[str, object]]:
    data = files("nlp").joinpath("data/agencies/head_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)["head"]


@pytest.mark.parametrize("entry", head_entries(), ids=lambda entry: entry["word"][0])
def test_head_words_keep_their_examples(entry: dict[str, object]) -> None:
    assert is_body(str(entry["example"]))
    assert not is_body(str(entry["counter"]))


PIECES = [
    "Sở", "Tài chính", "các", "Sở:", ",", "và", ";", "UBND", "huyện", "các xã", "(", ")", "chủ trì", "Giám đốc", "Ban",
    "Quản lý", "-", "Bộ", "Công ty", "đơn vị", "liên quan", "trực thuộc", "tỉnh", "Long An", "Đảng ủy", "\n", "&", "/", "ﬁ", "a\u0302",
    "Thanh tra", "Đảng ủy", "khoa:", "Khoa", "Trưởng ấp", "đ/c", "Lò Văn Sơn", "Tổ", "PC", "Thủ kho", "tính", "chuyên môn", "quản lý", "Viễn thông", "Thủ trưởng", "Chủ tịch", "cơ quan", "Văn phòng", "có tên tại Điều 1", "của", "thành viên", "Giám đốc:", "THPT", "(CDC)", "ông (bà)", "chưa", "HĐND", "7", "Phòng", "phối hợp với",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_pieces_are_read(words: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for body in find_bodies(text):
        assert last <= body.evidence.start < body.evidence.end <= len(text)
        last = body.evidence.end
    for body in split_bodies(text):
        assert body.text.strip() == body.text != ""
        assert 0 <= body.evidence.start < body.evidence.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120), st.integers(-3, 130))
def test_any_text_is_read(text: str, position: int) -> None:
    split_bodies(text)
    span = body_phrase_at(text, position)
    assert span is None or (span[0] == position and span[1] <= len(text))


@pytest.mark.parametrize(
    "unit",
    [
        "Thanh tra Sở Y tế, ",
        "Công ty Minh Phát và ",
        "các khoa: Toán, Lý và ",
        "Phòng Y tế các huyện, ",
        "đ/c Lò Văn Sơn, Phó Giám đốc, ",
        "các trường mầm non, ",
        "các cơ quan thành viên của ",
        "các trường có nhu cầu ",
        "Giám đốc: ",
        "Phòng TCHC, KHKT, ",
    ],
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    assert grows_with_the_length(split_bodies, unit, 1000 * len(unit))


FIELDS = [
    "Tài chính",
    "Nội vụ",
    "Kế hoạch và Đầu tư",
    "Văn hóa, Thể thao và Du lịch",
    "Lao động - Thương binh và Xã hội",
    "Y tế",
]


@given(
    st.lists(st.sampled_from(FIELDS), min_size=1, max_size=5, unique=True),
    st.sampled_from(["each", "shared"]),
)
def test_any_list_of_departments_comes_apart(fields: list[str], form: str) -> None:
    printed = ", ".join(f"Sở {f}" for f in fields) if form == "each" else "các Sở: " + ", ".join(fields)
    assert [body.text for body in split_bodies(printed)] == [f"Sở {f}" for f in fields]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cơ quan Ủy ban Kiểm tra Đảng ủy", ["Cơ quan Ủy ban Kiểm tra Đảng ủy"]),
        ("Bộ ngành liên quan rà soát", ["Bộ ngành liên quan"]),
        ("các cơ quan quản lý chuyên ngành rà soát", ["các cơ quan quản lý chuyên ngành"]),
        ("Công an phường nơi xảy ra vụ việc lập biên bản", ["Công an phường nơi xảy ra vụ việc"]),
        ("cán bộ, công chức, viên chức rà soát", []),
        ("sau mỗi đợt đồng bộ, cơ sở kiểm tra", []),
    ],
)
def test_groups_and_bodies_told_apart_by_what_follows(text: str, names: list[str]) -> None:
    assert [body.text for body in split_bodies(text)] == names


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Thống kê, báo cáo số hộ bị ngập", None),
        ("Thanh tra, kiểm tra việc chấp hành pháp luật", None),
        ("Thống kê tỉnh tổng hợp số liệu", "Thống kê tỉnh"),
        ("Thống kê, xác nhận thiệt hại", None),
        ("Thường trực lực lượng, phương tiện sẵn sàng", None),
        ("Thường trực HĐND huyện giám sát", "Thường trực HĐND huyện"),
        ("Thanh tra các bộ, ngành kiểm tra", "Thanh tra các bộ, ngành"),
        ("Trung tâm Phục vụ hành chính công Rà soát hồ sơ trễ hạn", "Trung tâm Phục vụ hành chính công"),
        ("Phòng Tổ chức và Kiểm tra báo cáo", "Phòng Tổ chức và Kiểm tra"),
    ],
)
def test_a_verb_is_no_body_and_ends_a_heading_without_its_colon(text: str, named: str | None) -> None:
    span = body_phrase_at(text, 0)
    assert (text[slice(*span)] if span else None) == named
