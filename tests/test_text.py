from extractors.text import fold, normalise, split_sentences


def test_normalise_mends_letters_and_spaces():
    assert normalise("ƣớc đạt\u200b  62,5 %\r\n\r\n Ðắk Lắk ") == "ước đạt 62,5 %\nĐắk Lắk"


def test_fold_takes_diacritics_away():
    assert fold("Đắk Lắk, Ủy ban") == "dak lak, uy ban"


def test_sentences_keep_abbreviations_and_dates_whole():
    text = "Tại TP. Vinh, ngày 3. Mai. Nr. 3 ist da.\nBà H. nói: “Được.” Hết"
    pieces = [text[a:b] for a, b in split_sentences(text, ("TP.", "Nr."))]
    assert pieces == ["Tại TP. Vinh, ngày 3. Mai.", "Nr. 3 ist da.", "Bà H. nói: “Được.”", "Hết"]
