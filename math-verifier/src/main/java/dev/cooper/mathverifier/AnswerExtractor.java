package dev.cooper.mathverifier;

/** Looks for the answer in a text: box, {@code ####}, answer phrase, whole text, last expression. */
final class AnswerExtractor {
    /** A text with more words is prose, not an answer by itself. */
    private static final int WORDS_OF_AN_ANSWER = 3;

    private final CheckOptions options;
    private final AnswerReader reader;

    AnswerExtractor(CheckOptions options, AnswerReader reader) {
        this.options = options;
        this.reader = reader;
    }

    Extraction fromCompletion(String text) {
        Extraction marked = marked(text);
        if (!(marked instanceof Extraction.None) || !options.unmarkedAnswers()) {
            return marked;
        }
        String whole = Characters.trim(text);
        if (isAnswerByItself(whole)) {
            return Extraction.Found.of(whole, AnswerSource.WHOLE_TEXT);
        }
        return new LastExpressionScanner(text, options.budget()).scan();
    }

    /** A reference without a mark is an answer as a whole. */
    Extraction fromReference(String text) {
        Extraction marked = marked(text);
        if (!(marked instanceof Extraction.None)) {
            return marked;
        }
        String whole = Characters.trim(text);
        return whole.isEmpty() ? marked : Extraction.Found.of(whole, AnswerSource.WHOLE_TEXT);
    }

    private Extraction marked(String text) {
        Extraction boxes = BoxScanner.scan(text, options.budget());
        if (!(boxes instanceof Extraction.None)) {
            return boxes;
        }
        var phrases = new PhraseScanner(text, options.budget());
        Extraction hashes = phrases.hashes();
        return hashes instanceof Extraction.None ? phrases.phrase() : hashes;
    }

    private boolean isAnswerByItself(String text) {
        if (text.isEmpty() || text.length() > options.budget().answerLength() || text.indexOf('\n') >= 0) {
            return false;
        }
        return isPlain(reader.read(text).value());
    }

    private static boolean isPlain(Value value) {
        return switch (value) {
            case Value.Words words -> words.text().split(" ", -1).length <= WORDS_OF_AN_ANSWER;
            case Value.Numeric _ -> true;
            case Value.Tuple tuple -> tuple.elements().stream().allMatch(AnswerExtractor::isPlain);
            case Value.Listing listing -> listing.elements().stream().allMatch(AnswerExtractor::isPlain);
            case Value.Labelled labelled -> isPlain(labelled.value());
            case Value.Unread _, Value.Malformed _ -> false;
        };
    }
}
