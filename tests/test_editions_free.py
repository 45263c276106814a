"""Free renderings that are no conflicts, and errors that look like them."""

from __future__ import annotations

import pytest

from tests.test_editions_changes import problems

RESERVOIR = "Tỉnh dự kiến nạo vét 900 ha hồ; đến cuối tháng 8 đã làm được 610 ha, đạt 68% kế hoạch."


@pytest.mark.parametrize(
    ("language", "original", "edition"),
    [
        ("en", "Xã có 3.150 ha chè, trong đó 740 ha đã già.", "740 of the commune's 3,150 hectares of tea are old."),
        (
            "en",
            RESERVOIR,
            "By the end of August, 610 hectares of lakes had been dredged, or 68% of the plan; the province expects to "
            "do 900 hectares.",
        ),
        ("fr", "Xã có 512 hộ, trong đó trên 60 tuổi chiếm 41,3%.", "Il y a 512 foyers, dont 41,3 % de plus de 60 ans."),
        ("de", "Toàn huyện có 7.310 ha rừng.", "Es zeigt sich, dass der Bezirk über 7.310 Hektar Wald verfügt."),
        ("de", "Hội nghị thảo luận 124 dự án.", "Auf der Konferenz wurde über 124 Projekte beraten."),
        ("de", "Mỗi suất từ 500.000 đồng đến 3 triệu đồng.", "Jedes beträgt eine halbe bis drei Millionen VND."),
        ("en", "Mỗi con có giá khoảng 250.000 đồng.", "Each costs about a quarter of a million VND."),
        ("fr", "Mỗi con có giá khoảng 750.000 đồng.", "Chacun coûte environ trois quarts de million de dongs."),
        ("de", "Anh vay 300 triệu đồng.", "Er nahm einen Kredit über 300 Millionen Dong auf."),
        ("fr", "Có 80% số cột được giữ lại.", "Quatre colonnes en bois sur cinq ont été conservées."),
        ("en", "Có 80% là học sinh.", "Four in five of them are pupils."),
        ("fr", "Khoảng 33% hộ có xe.", "Environ un ménage sur trois a une voiture."),
        ("de", "Khoảng 33% hộ có xe.", "Etwa jeder dritte Haushalt hat ein Auto."),
        ("de", "Cứ năm hội viên thì bốn người được vay.", "80 Prozent der Mitglieder haben ein Darlehen bekommen."),
        ("en", "Chỉ có 37 hồ sơ quá hạn.", "No more than 37 files were late."),
        ("en", "Lãi suất thấp hơn 1,5 điểm phần trăm.", "The rate is a point and a half lower."),
        ("fr", "Người dân góp 120 ngày công.", "Les habitants ont donné cent vingt journées de travail."),
        (
            "en",
            "Giá rét giảm gần 4,5 điểm phần trăm trong 3 năm.",
            "It was cut by nearly 4.5 percentage points over three years.",
        ),
        ("de", "Hợp tác xã Chè Nậm Lành có 40 hộ.", "Die Teegenossenschaft Nam Lanh hat 40 Haushalte."),
        (
            "de",
            "Lễ diễn ra lúc 7 giờ ngày 5/9. Các trường không đọc diễn văn quá 15 phút.",
            "Die Feier findet am 5. September um 7 Uhr statt; Reden dürfen nicht länger als eine Viertelstunde dauern.",
        ),
    ],
)
def test_free_renderings(language, original, edition):
    assert problems(language, original, edition) == []


@pytest.mark.parametrize(
    ("language", "original", "edition", "problem"),
    [
        (
            "en",
            RESERVOIR,
            (
                "The province expects to dredge 610 hectares of lakes; by the end of August 900 hectares had been "
                "done, or 68% of the plan."
            ),
            "exchanged",
        ),
        ("de", "Anh vay 300 triệu đồng.", "Er nahm einen Kredit von über 300 Millionen Dong auf.", "above"),
        ("en", "Có 75% số hộ tham gia.", "Three households in five take part.", "lacks 75%"),
        ("de", "Bà định tăng công suất thêm 30%.", "Sie plant, die Kapazität auf 30 % zu erhöhen.", "became a level"),
        ("de", "Huyện vượt 12,4% kế hoạch.", "Im Bezirk wurden 12,4 % des Plans erreicht.", "became a level"),
        ("de", "Công trình xong sớm hơn 3 tháng.", "Der Bau wurde 3 Monate später fertig.", "early became late"),
        ("en", "Có 46% số hộ không tiêm phòng đủ.", "46% of households were fully vaccinated.", "not is lost"),
        ("fr", "Huyện sẽ xong đến tháng 12 năm nay.", "Le district finira d'ici octobre de cette année.", "month 12"),
        ("en", "Trạm tiếp 70 người bệnh mỗi ngày.", "The station sees 70 patients each month.", "a day became a month"),
        ("fr", "Tiền nước bằng một phần tư thu nhập.", "L'eau coûte un tiers du revenu.", "một phần tư"),
        ("fr", "Độ mặn cao hơn 1,5 phần nghìn.", "La salinité est inférieure de 1,5 pour mille.", "decrease"),
        ("fr", "Mặn đạt đỉnh từ ngày 8 đến 13/3.", "Le pic de salinité commence le 8 mars.", "end of a range"),
        ("fr", "Đã gia cố 14 hồ chứa.", "14 réservoirs ont été renforcés et 36 ponts remplacés.", "no 36 ponts"),
        (
            "en",
            "Bà Vi Thị Lụa, Chủ tịch UBND huyện Nậm Pồ, phát biểu.",
            "Ms. Vi Thi Lua, Chairwoman of the People's Council of Nam Po district, spoke.",
            "of the people's committee became of the people's council",
        ),
        (
            "fr",
            "Đoàn Thanh niên huyện Nậm Pồ phụ trách 15 sản phẩm.",
            "L'Union des femmes du district de Nam Po se charge de 15 produits.",
            "another kind of body",
        ),
    ],
)
def test_what_looks_like_them(language, original, edition, problem):
    found = problems(language, original, edition)
    assert found
    assert all(problem in one for one in found), found
