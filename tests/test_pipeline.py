import extractors


def test_pipeline_holds_the_facts_as_spans():
    text = "Chủ tịch UBND xã  Lang Quán Lê Thị Hoa nói: thu ngân sách đạt 64,5\u00a0% kế hoạch."
    doc = extractors.load("vi")(text)
    assert doc.text == text
    assert [span.text for span in doc.spans["people"]] == ["Lê Thị Hoa"]
    assert {span.label_ for span in doc.spans["units"]} == {"PEOPLES_COMMITTEE", "COMMUNE"}
    (figure,) = doc.spans["indicators"]
    assert (figure._.fact.value, figure._.fact.topic) == (64.5, "budget_revenue")
    assert doc._.facts.people[0].roles[0].title == "Chủ tịch"


def test_pipeline_reads_many_texts():
    nlp = extractors.load("de")
    docs = list(nlp.pipe(["Frau Tran Thi Lan, Direktorin der Genossenschaft Hoa Binh.", "Kein Name."]))
    assert [len(doc.spans["people"]) for doc in docs] == [1, 0]
