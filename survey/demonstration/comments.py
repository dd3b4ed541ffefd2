"""What people of the demonstration add at the end, in both languages. Nobody is named or described."""

COMMENTS: dict[str, tuple[str, ...]] = {
    "en": (
        "Short sessions over lunch would suit me better than whole days.",
        "The training is there. The time is not.",
        "I would like to learn beside people of other professions more often.",
        "=1+1: two half days would do more than one whole day.",
        "More about reading data, please, from the very beginning.",
        "@ the planners: please tell us dates two months ahead.",
        "Shadowing in another part of the cluster taught me more than any course.",
        "I work part time, and most training falls on my days off.",
        "A list of what is on offer, in one place, would help.",
        "Thank you for asking. 🙂",
        "It isn’t clear to me what the cluster does.\nAn introduction for new staff would help.",
    ),
    "cy": (
        "Byddai sesiynau byr dros ginio yn fwy hwylus i mi na diwrnodau cyfan.",
        "Mae’r hyfforddiant ar gael. Yr amser sydd ddim.",
        "Hoffwn i ddysgu ochr yn ochr â phobl o broffesiynau eraill yn amlach.",
        "Hoffwn i gael mwy o hyfforddiant drwy gyfrwng y Gymraeg, nid ar ei chyfer hi’n unig.",
        "-2 ddiwrnod o hyfforddiant eleni oherwydd diffyg staff cyflenwi.",
        "Dysgais i fwy drwy gysgodi yn rhan arall o’r clwstwr nag ar unrhyw gwrs.",
        "Byddai rhestr o’r hyn sydd ar gael, mewn un lle, yn help mawr.",
        "Dw i’n gweithio’n rhan-amser, ac mae’r rhan fwyaf o’r hyfforddiant ar fy niwrnodau rhydd.",
        "Diolch am ofyn. Mae dŵr yn treulio’r garreg, fesul tŷ. 🙂",
    ),
}
