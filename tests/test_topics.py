"""The topics of figures: named in the subject, told by the clause, or left open."""

import tomllib

import pytest

from extractors import extract
from extractors.indicators.topics.keys import topic_of
from extractors.indicators.words.lexicon import load_figures
from extractors.indicators.words.matching import Pairs, Phrases
from extractors.packs import LANGUAGES, TOPIC_COLUMNS, read_table

NAMED = {
    "vi": [
        ("Sản lượng xi măng 8 tháng tăng 6,2% so với cùng kỳ.", "cement"),
        ("Doanh thu thương mại điện tử tăng 24% so với năm trước.", "e_commerce"),
        ("Tỷ lệ giải quyết đúng hạn đạt 98,7%.", "on_time_processing"),
        ("Huyện trồng mới được 380 ha rừng, đạt 95% kế hoạch.", "afforestation"),
        ("Đến nay, 41,5% diện tích cà phê đã tái canh.", "coffee"),
        ("Tỷ lệ hộ thoát nghèo bền vững đạt 62%.", "poverty_exit"),
        ("Có 83,4% trẻ em dưới 5 tuổi được tiêm chủng đầy đủ.", "vaccination"),
        ("Tỷ lệ trẻ thừa cân, béo phì lên tới 19,3%.", "overweight_children"),
        ("Hơn 92% tàu cá đã lắp thiết bị giám sát hành trình.", "fishing_vessels"),
        ("Dung tích các hồ chứa đạt 74,5% thiết kế.", "reservoir_level"),
        ("Tỷ lệ án bị hủy, sửa chỉ còn 0,6%.", "overturned_judgments"),
        ("Vi phạm nồng độ cồn giảm 17% so với tháng trước.", "alcohol_violations"),
        ("Toàn huyện có 71% hộ gia đình phân loại rác tại nguồn.", "waste_sorting"),
        ("Lượng máu tiếp nhận bằng 104% kế hoạch năm.", "blood_donation"),
        ("Tổng thu NSNN trên địa bàn đạt 58% dự toán.", "budget_revenue"),
        ("Số doanh nghiệp quay trở lại hoạt động tăng 9%.", "returning_enterprises"),
        ("Năng suất lao động xã hội tăng 5,8%.", "labour_productivity"),
        ("Tỉ lệ xoá mù chữ đạt 97%.", "literacy"),
        ("Giá thuê trọ tăng từ 5 đến 8%.", "rents"),
        ("Tỷ lệ nảy mầm của lô giống đạt 93%.", "seeds"),
        ("Lượt bạn đọc tăng 14%.", "libraries"),
        ("Tỷ lệ tờ khai luồng đỏ chỉ còn 4,2%.", "customs_clearance"),
        ("Thu từ xổ số kiến thiết đạt 88% dự toán.", "lottery_revenue"),
        ("Tỷ lệ hỏa táng đạt 37%.", "cremation"),
    ],
    "de": [
        ("Die Zementproduktion stieg um 6,2 Prozent.", "cement"),
        ("Die Umweltschutzsteuer brachte 9 Prozent mehr ein.", "environmental_tax"),
        ("Die Muschelernte sank um 7 Prozent.", "molluscs"),
        ("Die Parteibeiträge wurden zu 96 Prozent eingezogen.", "membership_fees"),
        ("Der Stromverbrauch sank im Juli um 3,4 Prozent.", "electricity_consumption"),
        ("Der Anteil der Krankenversicherten liegt bei 94,1 Prozent.", "health_insurance_coverage"),
        ("Die Auszahlungsquote erreichte 41,6 Prozent.", "public_investment_disbursement"),
        ("Die Rate der armen Haushalte sank auf 3,9 Prozent.", "poverty_rate"),
        ("Der Exportpreis fiel um 7 Prozent.", "prices"),
        ("Die Treibhausgasemissionen gingen um 8 Prozent zurück.", "emissions"),
        ("Die Speicherseen sind zu 68 Prozent gefüllt.", "reservoir_level"),
        ("Die Zahl der Diebstähle sank um 14 Prozent.", "theft"),
        ("Die Übernachtungen nahmen um 11 Prozent zu.", "overnight_stays"),
        ("Der Containerumschlag wuchs um 9,3 Prozent.", "container_throughput"),
        ("Die Steuerrückstände machen 5 Prozent aus.", "tax_arrears"),
        ("Die Rückzahlungsquote beträgt 99,2 Prozent.", "loan_repayment"),
        ("84 Prozent der Haushalte trennen ihren Müll.", "waste_sorting"),
        ("91 Prozent der Dörfer haben ein Kulturhaus.", "cultural_houses"),
        ("Im Bezirk waren 87 Prozent der Kinder geimpft.", "vaccination"),
        ("96 Prozent der Schulen erreichen die nationalen Standards.", "national_standard_schools"),
    ],
    "en": [
        ("Cement output rose 6.2 percent.", "cement"),
        ("Divorces fell by 5 percent.", "divorces"),
        ("The germination rate is 91 percent.", "seeds"),
        ("Sales of pharmaceuticals grew by 8 percent.", "pharmaceuticals"),
        ("Electricity consumption fell 3.4 percent in July.", "electricity_consumption"),
        ("E-commerce revenue increased by 24 percent.", "e_commerce"),
        ("Overnight stays grew by 11 percent.", "overnight_stays"),
        ("The repayment rate stands at 99.2 percent.", "loan_repayment"),
        ("Greenhouse gas emissions declined by 8 percent.", "emissions"),
        ("Maternal mortality dropped by 12 percent.", "maternal_mortality"),
        ("Tax arrears account for 5 percent.", "tax_arrears"),
        ("The disbursement rate reached 41.6 percent.", "public_investment_disbursement"),
        ("Alcohol violations decreased by 17 percent.", "alcohol_violations"),
        ("Ticket prices went up by 9 percent.", "ticket_prices"),
        ("Container throughput climbed 9.3 percent.", "container_throughput"),
        ("94 percent of households use clean water.", "clean_water"),
        ("88 percent of villages have a cultural house.", "cultural_houses"),
        ("97 percent of residents have health insurance.", "health_insurance_coverage"),
        ("81 percent of workers are trade union members.", "union_members"),
    ],
    "fr": [
        ("La production de ciment a augmenté de 6,2 %.", "cement"),
        ("Les recettes pétrolières ont reculé de 11 %.", "oil_revenue"),
        ("Les litiges fonciers ont diminué de 20 %.", "land_disputes"),
        ("Le nombre d'inscrits à l'assurance sociale volontaire a crû de 9 %.", "social_insurance_coverage"),
        ("La consommation d'électricité a reculé de 3,4 %.", "electricity_consumption"),
        ("Le commerce électronique a progressé de 24 %.", "e_commerce"),
        ("Les nuitées ont augmenté de 11 %.", "overnight_stays"),
        ("Le taux de remboursement atteint 99,2 %.", "loan_repayment"),
        ("Les émissions de gaz à effet de serre ont baissé de 8 %.", "emissions"),
        ("La mortalité maternelle a reculé de 12 %.", "maternal_mortality"),
        ("Les arriérés d'impôts représentent 5 %.", "tax_arrears"),
        ("Le taux de décaissement est de 41,6 %.", "public_investment_disbursement"),
        ("Les excès de vitesse ont diminué de 17 %.", "traffic_violations"),
        ("Le trafic de conteneurs a progressé de 9,3 %.", "container_throughput"),
        ("Le taux de foyers pauvres est tombé à 3,9 %.", "poverty_rate"),
        ("94 % des foyers utilisent l'eau potable.", "clean_water"),
        ("97 % des habitants ont une assurance maladie.", "health_insurance_coverage"),
        ("88 % des villages ont une maison de la culture.", "cultural_houses"),
        ("Le taux de boisement atteint 58 %.", "forest_cover"),
    ],
}
TOLD = {
    "vi": [
        ("Nợ quá hạn 6,3 tỷ đồng, tỷ lệ 0,21%.", "overdue_debt"),
        ("Tỷ lệ hộ nghèo toàn huyện là 4%; tại xã Ea Wer, tỷ lệ này là 11%.", "poverty_rate"),
    ],
    "de": [
        ("Bis Juni wurden 45 Prozent der vorgesehenen Mittel ausgezahlt.", "public_investment_disbursement"),
        ("80 Prozent der Kinder sind geimpft; in Lam Binh liegt diese Quote bei 62 Prozent.", "vaccination"),
    ],
    "en": [
        ("The district disbursed 45 percent of its capital.", "public_investment_disbursement"),
        ("Traffic accidents fell in every respect: the number of cases by 12 percent.", "traffic_accidents"),
    ],
    "fr": [
        ("La commune a décaissé 45 % des fonds.", "public_investment_disbursement"),
        ("Les accidents de la route reculent partout : le nombre de cas baisse de 12 %.", "traffic_accidents"),
    ],
}  # fmt: skip
OPEN = {
    "vi": [
        "Giá trị hợp đồng tăng 12%.",
        "Tỷ lệ kiểm soát bóng của đội chủ nhà là 58%.",
        "Khoảng 30% khách hàng chưa trả lời.",
        "Thời gian chờ giảm 40%.",
        "Bên hồ chứa nước, ông Hòa nói ông đã sửa 60% con thuyền.",
        "Nguồn vốn tăng 4%.",
    ],
    "de": [
        "Die Wartezeit sank um 40 Prozent.",
        "Ein Verein verlor 12 Prozent seiner Mitglieder.",
        "Etwa 30 Prozent der Kunden haben nicht geantwortet.",
        "Die Feuchtigkeit liegt bei 13 Prozent.",
        "Die Quote liegt bei 40 Prozent.",
    ],
    "en": [
        "Waiting time fell by 40 percent.",
        "Traders pay up to 15 percent more.",
        "The club lost 12 percent of its members.",
        "The rate is 40 percent.",
        "Humidity stands at 13 percent.",
        "With the poverty rate in mind and after a long debate, the region kept 30 percent of the money.",
    ],
    "fr": [
        "Le temps d'attente a baissé de 40 %.",
        "L'association a perdu 12 % de ses membres.",
        "Le taux est de 40 %.",
        "L'humidité atteint 13 %.",
        "Environ 30 % des diplômés sont partis.",
    ],
}


def topics(text, language):
    return [found.topic for found in extract(text, language).indicators if found.kind == "percentage"]


def cases(table):
    return [pytest.param(language, *row, id=f"{language}-{row[0][:30]}") for language, rows in table.items()
            for row in ([(one,) if isinstance(one, str) else one for one in rows])]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "topic"), cases(NAMED))
def test_the_subject_or_its_clause_names_the_topic(language, text, topic):
    assert topics(text, language) == [topic]


@pytest.mark.parametrize(("language", "text", "topic"), cases(TOLD))
def test_a_measure_without_a_name_has_that_of_its_clause_or_of_what_it_resumes(language, text, topic):
    assert topics(text, language)[-1] == topic


@pytest.mark.parametrize(("language", "text"), cases(OPEN))
def test_what_no_topic_fits_has_none(language, text):
    assert topics(text, language) == [None]


@pytest.mark.parametrize(
    ("language", "phrase", "topic"),
    [
        ("de", "Armutsquote der Khmer", "poverty_rate"),
        ("de", "Quote der überfälligen Kredite", "overdue_debt"),
        ("de", "Exporterlöse", "exports"),
        ("en", "rural households with clean water", "clean_water"),
        ("en", "poverty rate of ethnic minority households", "poverty_rate"),
        ("vi", "tỷ lệ hộ nghèo đồng bào dân tộc thiểu số", "poverty_rate"),
        ("vi", "tỷ lệ dân số đô thị được cấp nước sạch", "clean_water"),
        ("vi", "tỷ lệ dân số đô thị", "urbanisation_rate"),
        ("vi", "thuỷ sản", "fishery"),
        ("vi", "giá tiêu dùng", "consumer_price_index"),
        ("vi", "quý", None),
        ("fr", "taux de pauvreté des minorités ethniques", "poverty_rate"),
        ("fr", "sages-femmes", "doctors"),
    ],
)
def test_what_a_share_says_comes_before_those_who_share_it(language, phrase, topic):
    assert topic_of(phrase, load_figures(language)) == topic


@pytest.mark.parametrize(
    ("language", "phrase", "topic"),
    [
        ("vi", "tỷ suất chết của trẻ em dưới 5 tuổi", "infant_mortality"),
        ("vi", "tỷ lệ tiêm phòng cho đàn lợn", "livestock_vaccination"),
        ("vi", "diện tích lúa bị nhiễm bệnh", "crop_pests"),
        ("vi", "tỷ lệ thôn, bản đạt chuẩn văn hóa", "cultural_villages"),
        ("de", "vollständig geimpfte Rinder", "livestock_vaccination"),
        ("de", "Wert der Ernte pro Hektar", "product_value_per_hectare"),
        ("de", "Kinder unter drei Jahren in der Krippe", "preschool"),
        ("en", "vaccination of the poultry herd", "livestock_vaccination"),
        ("en", "livestock that had their vaccination", "livestock_vaccination"),
        ("en", "mortality of children under five", "infant_mortality"),
        ("en", "party cells that completed all their tasks", "party_classification"),
        ("fr", "buffles et bœufs vaccinés", "livestock_vaccination"),
        ("fr", "cellules ayant bien accompli leurs tâches", "party_classification"),
        ("fr", "villages répondant aux normes culturelles", "cultural_villages"),
    ],
)
def test_a_noun_and_what_is_said_of_it_name_a_topic_together(language, phrase, topic):
    assert topic_of(phrase, load_figures(language)) == topic


def test_pairs_stand_in_either_order_and_near_each_other():
    pairs = Pairs([("herd* + vaccin*", "vaccination"), ("new road + paved", "roads")])
    assert pairs.find(["vaccination", "of", "the", "herd"]) == [(0, 4, 2, "vaccination")]
    assert pairs.find(["the", "herds", "were", "vaccinated"]) == [(1, 4, 2, "vaccination")]
    assert pairs.find(["a", "new", "road", "is", "paved"]) == [(1, 5, 3, "roads")]
    assert pairs.find(["a", "new", "and", "paved", "street", "beside", "the", "road"]) == []
    assert pairs.find(["herd", *["and"] * 9, "vaccine"]) == []
    assert pairs.find(["herd"] * 3) == []


def test_of_several_stems_the_longest_holds_where_specific():
    phrases = Phrases([("export*", "exports"), ("exportpreis*", "prices"), ("exporte", "x")], specific=True)
    assert phrases.match(["exportpreise"], 0) == (1, {"prices"})
    assert phrases.match(["exportiert"], 0) == (1, {"exports"})
    assert phrases.match(["exporte"], 0) == (1, {"x"})


def test_the_classes_of_topics_name_known_topics():
    known = {row["key"] for row in read_table(LANGUAGES / "en" / "topics.csv", TOPIC_COLUMNS)}
    with (LANGUAGES / "topics.toml").open("rb") as file:
        classes = tomllib.load(file)
    families = classes.pop("families")
    assert {key for keys in classes.values() for key in keys} <= known
    assert {key for family in families.values() for key in [*family["keys"], *family.get("as", {})]} <= known
    assert {given for family in families.values() for given in family.get("as", {}).values()} <= known


@pytest.mark.parametrize("language", NAMED)
def test_every_family_of_measures_has_words(language):
    with (LANGUAGES / "topics.toml").open("rb") as file:
        families = tomllib.load(file)["families"]
    with (LANGUAGES / language / "figures.toml").open("rb") as file:
        assert tomllib.load(file)["measures"].keys() == families.keys()


FAMILY = {
    "vi": [
        ("Khách du lịch tăng. Sau 7 tháng, khoản thu đạt 71% dự toán.", "tourism_revenue"),
        ("Toàn tỉnh có 84 vụ tai nạn giao thông. So với cùng kỳ, số vụ giảm 9%.", "traffic_accidents"),
        ("Tỉnh được giao xây nhà ở xã hội. Đến nay, số căn hoàn thành bằng 54%; số căn khởi công đạt 61%.", None),
        ("CPI tháng 7 tăng 0,3%; nhóm giao thông giảm 1,1%.", "consumer_price_index"),
        ("Đàn lợn chiếm phần lớn. Đến cuối năm, số con tăng 6%.", "pigs"),
    ],
    "de": [
        ("Die Zahl der Touristen stieg. Die Einnahmen wuchsen um 7 Prozent.", "tourism_revenue"),
        ("Die Verbraucherpreise stiegen um 0,3 Prozent, der Verkehr sank um 1 Prozent.", "consumer_price_index"),
        ("Der Kreis lobt die Parteizellen: Die neuen Mitglieder machen 56 Prozent des Plans aus.", "party_admissions"),
    ],
    "en": [
        ("Tourist arrivals doubled. Takings rose by 7 percent.", "tourism_revenue"),
        ("Traffic accidents are rarer. In July, cases fell by 12 percent.", "traffic_accidents"),
        ("Visitors came from everywhere: foreigners made up 37 percent.", "foreign_tourists"),
        ("Takings rose by 7 percent.", None),
        ("Of the capital, 80 percent was given by a pagoda.", None),
    ],
    "fr": [
        ("Les visiteurs affluent. Les étrangers représentent 37 %.", "foreign_tourists"),
        ("L'IPC a augmenté de 0,3 %, le transport a reculé de 1 %.", "consumer_price_index"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "topic"), cases(FAMILY))
def test_a_bare_word_of_measure_takes_the_topic_of_its_kind_around_it(language, text, topic):
    assert topics(text, language)[-1] == topic


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("de", "Garnison"),
        ("de", "Steuerung"),
        ("de", "Kanalisation"),
        ("de", "Mineralwasser"),
        ("de", "Tay Nguyen"),
        ("vi", "thất thoát tài sản"),
        ("vi", "đường dẫn khí"),
        ("vi", "lãi trả chậm"),
    ],
)
def test_words_that_only_begin_alike_have_no_topic(language, phrase):
    assert topic_of(phrase, load_figures(language)) is None


def test_parts_of_a_row_are_phrases_of_their_own():
    assert topic_of("giá trị hợp đồng xây lắp", load_figures("vi")) == "project_progress"
