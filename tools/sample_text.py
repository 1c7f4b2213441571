"""Text of our own to train tokenizers on, and varied strings to compare them with, both functions of a seed."""

import random
import unicodedata

SENTENCES = [
    "The sum of two odd numbers is even, and the product of two odd numbers is odd.",
    "Let x be the number of apples that Maria buys; then she pays three times x plus two dollars.",
    "A train leaves the station at 9:45 and arrives two hours and fifty minutes later.",
    "First, we simplify the expression, then we substitute the value and check the answer.",
    "Therefore the answer is twelve, because each of the four boxes holds three balls.",
    "It doesn't matter which corner we start from; they're all the same, and we've counted each once.",
    "I'll show that there's no largest prime: suppose there were, and you'd find a larger one.",
    "How many ways are there to choose three cards from a deck of fifty-two cards?",
    "The radius of the circle is half of its diameter, so the area is pi times its square.",
    "We can't divide by zero, so the denominator mustn't vanish anywhere in the interval.",
    "Suppose that the probability of rain is 0.3 on each day, independently of the other days.",
    "The function is increasing on the left, decreasing on the right, and has one maximum.",
    "Reasoning step by step: the difference is constant, hence the sequence is arithmetic.",
    "In the end the reward of a completion is one if its answer is correct and zero otherwise.",
]
FOREIGN = [
    "Die Größe der Fläche beträgt fünfzehn Quadratmeter.",
    "L'été dernier, nous avons mangé des crêpes à la plage ; c'était délicieux.",
    "¿Cuántos años tiene el niño que vive en la montaña?",
    "Сколько будет семью восемь? Пятьдесят шесть.",
    "Η γωνία του τριγώνου είναι εξήντα μοίρες.",
    "三角形的内角和是一百八十度。",
    "二つの数の和は十で、積は二十一です。",
    "두 수의 곱은 얼마입니까?",
    "مجموع زوايا المثلث يساوي مئة وثمانين درجة.",
    "סכום הזוויות במשולש הוא מאה ושמונים מעלות.",
    "त्रिभुज के कोणों का योग एक सौ अस्सी होता है।",
    "Tổng ba góc của một tam giác bằng một trăm tám mươi độ.",
    "ผลรวมของมุมในสามเหลี่ยมคือหนึ่งร้อยแปดสิบองศา",
    "Üçgenin iç açıları toplamı yüz seksen derecedir; İstanbul'da ılık.",
]
CODE = [
    "def gcd(a, b):\n    while b:\n        a, b = b, a % b\n    return a\n",
    "for (int i = 0; i < n; i++) {\n\tsum += values[i] * 2;\n}\n",
    "public record Point(double x, double y) {\n    public double norm() { return Math.sqrt(x * x + y * y); }\n}\n",
    '{"name": "add", "arguments": {"a": 1, "b": [2, 3, null, true]}}',
    "SELECT count(*) FROM steps WHERE reward > 0.5 AND run_id = 'r-17';\r\n",
    "#include <stdio.h>\nint main(void) { printf(\"%d\\n\", 1 << 10); return 0; }",
    "<p class=\"note\">a &amp; b &lt; c</p><!-- end -->",
    "x = [i**2 for i in range(10) if i % 3 != 0]  # squares\n\n\nprint(x[-1:])",
    "git commit -m \"Fix the off-by-one\" && ./mvnw -q verify || echo $?",
]
LATEX = [
    "\\frac{{{a}}}{{{b}}}",
    "\\sqrt[{a}]{{{b} + x^{{{c}}}}}",
    "$$\\sum_{{i=1}}^{{{a}}} i = \\frac{{{a}({a}+1)}}{{2}}$$",
    "\\begin{{aligned}} x + {a}y &= {b} \\\\ {c}x - y &= 0 \\end{{aligned}}",
    "The answer is $\\boxed{{{a}}}$.",
    "\\left( \\frac{{\\pi}}{{{a}}} \\right)^{{-{b}}} \\cdot \\cos\\theta \\leq {c}",
    "\\int_{{0}}^{{{a}}} e^{{-x^2}}\\,dx \\approx {b}.{c}",
    "$\\{{x \\in \\mathbb{{R}} : x^2 < {a}\\}}$ and $f\\colon A \\to B$",
    "\\binom{{{a}}}{{{b}}} = {c}! \\text{{ ways}}",
    "\\[\n  \\begin{{pmatrix}} {a} & {b} \\\\ {c} & 1 \\end{{pmatrix}}\n\\]",
]
SPACES = [" ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", "\r", " \n", "\n ", "\u00a0", "\u2003", "\u3000", "\u2028", "\u0085", "\u000b", "\u000c", "\u200b", "\ufeff", " " * 9, "\n" * 5, "\t\t "]
EMOJI = ["😀", "👍🏽", "👩‍👩‍👧‍👦", "🇩🇪🇫🇷", "1️⃣", "❤️", "❤", "🏳️‍🌈", "🧮", "✅", "♟️", "🤷🏻‍♀️", "☃", "🫠"]
UNUSUAL = [
    "e\u0301", "é", "A\u030a", "\u212b", "Å", "\ufb01", "ﬀ", "①", "Ⅳ", "½", "²³", "x₁₂", "𝒳", "𝟙𝟚𝟛", "\u1100\u1161\u11a8", "각",
    "\u0344", "q\u0323\u0307", "q\u0307\u0323", "\u0958", "\u2126", "Ω", "٣٤٥", "१२३", "１２３", "ＡＢＣ", "ſ", "it'ſ", "ß", "ẞ", "İ", "ǅ",
    "\u200d", "\u00ad", "a\u0308\u0304", "\u0f73", "\ue000", "\U000f0000", "\ufffd", "\u0000", "\u0007", "\u001b[0m", "\u007f", "ℝ²→ℝ",
    "≤≥≠≈", "∑∏∫√", "—–-", "“quoted”", "‘it’s’", "…", "°C", "µ", "μ", "№", "日本語テキスト", "ｶﾞ", "が", "か\u3099",
]  # fmt: skip
CONTRACTIONS = ["I'm", "DON'T", "they'Ll", "we'VE", "you'd", "he'S", "'tis", "rock'n'roll", "it's's", "'re", "a'm", "l'été", "''s", "'LL"]


def training_text():
    """A corpus for a small vocabulary: every sentence in several surroundings."""
    draw = random.Random(1)
    lines = []
    for _ in range(40):
        for sentence in SENTENCES + FOREIGN:
            lines.append(sentence)
        lines += CODE
        lines += [latex(draw) for _ in range(10)]
        lines.append(number(draw))
    return lines


def number(draw):
    return draw.choice(
        [
            lambda: str(draw.randrange(10 ** draw.randint(1, 20))),
            lambda: f"{draw.randrange(10**6):,}",
            lambda: f"{draw.uniform(-1000, 1000):.{draw.randint(0, 8)}f}",
            lambda: f"{draw.random():.3e}",
            lambda: f"{draw.randrange(24):02d}:{draw.randrange(60):02d}",
            lambda: f"{draw.randrange(1900, 2100)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}",
            lambda: f"${draw.randrange(1000)}.{draw.randrange(100):02d}",
            lambda: f"{draw.randrange(100)}%",
            lambda: f"0x{draw.randrange(2**32):X}",
            lambda: " + ".join(str(draw.randrange(1000)) for _ in range(draw.randint(2, 5))) + " =",
            lambda: "0" * draw.randint(1, 12),
            lambda: f"{draw.randrange(100)}/{draw.randrange(1, 100)}",
        ]
    )()


def latex(draw):
    a, b, c = (draw.randrange(10 ** draw.randint(1, 4)) for _ in range(3))
    return draw.choice(LATEX).format(a=a, b=b, c=c)


def words(draw, source):
    pieces = draw.choice(source).split(" ")
    start = draw.randrange(len(pieces))
    return " ".join(pieces[start : start + draw.randint(1, 9)])


def code_points(draw):
    """Characters of old and settled blocks, surrogates and unassigned places left out."""
    blocks = [(0x20, 0x17F), (0x370, 0x52F), (0x5D0, 0x6FF), (0x900, 0x97F), (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x22FF),
              (0x3040, 0x30FF), (0x4E00, 0x4FFF), (0xAC00, 0xADFF), (0xFE30, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F300, 0x1F64F)]  # fmt: skip
    result = []
    length = draw.randint(1, 12)
    while len(result) < length:
        low, high = draw.choice(blocks)
        character = chr(draw.randint(low, high))
        if unicodedata.category(character) != "Cn":
            result.append(character)
    return "".join(result)


def special(draw, tokens):
    token = draw.choice(tokens)
    cut = draw.randint(1, len(token) - 1)
    return draw.choice(
        [
            token,
            token[:cut],
            token[cut:],
            token.upper(),
            token + token,
            token[:cut] + token + token[cut:],
            f"{token}user\n{words(draw, SENTENCES)}{draw.choice(tokens)}\n",
            f" {token} ",
            f"\n{token}\n\n",
            f"word{token}word",
            token.replace("|", "｜"),
        ]
    )


def piece(draw, tokens):
    return draw.choice(
        [
            lambda: words(draw, SENTENCES),
            lambda: words(draw, FOREIGN),
            lambda: number(draw),
            lambda: latex(draw),
            lambda: draw.choice(UNUSUAL),
            lambda: draw.choice(EMOJI),
            lambda: draw.choice(CONTRACTIONS),
            lambda: code_points(draw),
            lambda: special(draw, tokens),
            lambda: draw.choice(["!", "?!", "...", ", ", "; ", ")(", "//", "||", "<|", "|>", "**", "\\", "#@", "'", '"', "{{", "}}", "{%"]),
        ]
    )()


def varied_strings(count, tokens, seed):
    """Distinct strings: each kind alone, then mixtures with runs of whitespace between. The first one is empty."""
    draw = random.Random(seed)
    strings = dict.fromkeys(["", *SPACES, *UNUSUAL, *EMOJI, *CONTRACTIONS, *SENTENCES, *FOREIGN, *CODE, *tokens])
    strings |= dict.fromkeys(draw.choice(SPACES) + draw.choice(SPACES) + "a" + draw.choice(SPACES) for _ in range(150))
    for kind in (number, latex, code_points, lambda d: special(d, tokens)):
        strings |= dict.fromkeys(kind(draw) for _ in range(250))
    while len(strings) < count:
        parts = []
        for _ in range(draw.randint(1, 5)):
            parts += [piece(draw, tokens), draw.choice(SPACES) if draw.random() < 0.6 else ""]
        strings["".join(parts)] = None
    return list(strings)[:count]
