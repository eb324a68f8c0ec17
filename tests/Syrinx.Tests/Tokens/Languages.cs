namespace Syrinx.Tests.Tokens;

/// <summary>A remark about the weather and the tram in 24 languages, and texts that are made to trip a tokenizer.</summary>
internal static class Languages
{
    public static IReadOnlyList<string> Sentences { get; } =
    [
        "It's raining again, so the No. 12 tram is 15 minutes late; we'll walk (they're walking already!).",
        "又下雨了，所以十二路電車晚了15分鐘；我們走路去吧！大家都在走了。",
        "又下雨了，所以12路电车晚点15分钟，我们走路去吧。",
        "また雨なので、12番の路面電車は15分遅れています。歩いて行きましょうか？",
        "또 비가 와서 12번 전차가 15분 늦어요. 우리 걸어갑시다!",
        "Il pleut encore, donc le tramway nº 12 a 15 minutes de retard ; allons-y à pied, d'accord ?",
        "Es regnet schon wieder, die Straßenbahn 12 kommt 15 Minuten später – gehen wir zu Fuß?",
        "Vuelve a llover, así que el tranvía 12 llega 15 minutos tarde. ¿Vamos a pie, señora Núñez?",
        "Está a chover outra vez; o elétrico 12 atrasou-se 15 minutos, vamos a pé até à praça.",
        "Piove di nuovo, perciò il tram 12 è in ritardo di 15 minuti: andiamo a piedi, no?",
        "Het regent weer, dus tram 12 is een kwartier te laat. Zullen we lopen, zo'n eind is 't niet.",
        "Znowu pada, więc tramwaj nr 12 spóźnia się 15 minut. Chodźmy pieszo, żeby zdążyć!",
        "Zase prší, takže tramvaj číslo 12 má čtvrt hodiny zpoždění. Pojďme pěšky, řekl Jiří.",
        "Опять дождь, поэтому трамвай № 12 опаздывает на 15 минут. Пойдём пешком?",
        "Знову дощ, тож трамвай 12 запізнюється на 15 хвилин — ходімо пішки, їй-бо!",
        "Πάλι βρέχει, γι' αυτό το τραμ 12 έχει 15 λεπτά καθυστέρηση. Πάμε με τα πόδια;",
        "Yine yağmur yağıyor, 12 numaralı tramvay 15 dakika gecikti; İSTANBUL'da yürüyelim mi?",
        "إنها تمطر مرة أخرى، لذا تأخر الترام رقم ١٢ خمس عشرة دقيقة. لنذهب مشيًا!",
        "שוב יורד גשם, ולכן החשמלית 12 מאחרת ב־15 דקות. נלך ברגל?",
        "फिर बारिश हो रही है, इसलिए १२ नंबर की ट्राम 15 मिनट देर से आएगी। पैदल चलें?",
        "ฝนตกอีกแล้ว รถรางสาย 12 มาช้า 15 นาที เราเดินไปกันเถอะ",
        "Trời lại mưa nên xe điện số 12 trễ 15 phút, chúng ta đi bộ nhé!",
        "மீண்டும் மழை பெய்கிறது, எனவே 12ஆம் எண் டிராம் 15 நிமிடம் தாமதம்.",
        "Taas sataa, joten raitiovaunu 12 on viisitoista minuuttia myöhässä. Kävelläänkö?",
    ];

    public static IReadOnlyList<string> Traps { get; } =
    [
        "", " ", "  ", "\n", "\r\n \r\n", "   x", "x   ", "\t\tx", " \n x", "a\n\n\nb", "'", "''s", "'S'LL'Re'dx", "O'Neill's", "I'M", "x'y'z", "HTTPServerError404",
        "camelCase PascalCase snake_case kebab-case SCREAMING_CASE iPhone15ProMax", "ǅungla ʰa ªº", new string('a', 500), new string(' ', 300) + "x", new string('的', 200),
        new string('=', 129), new string('哈', 77) + "！！！", "\u00A0\u3000\u2003x\u2009y", "a\u0301\u0301\u0301", "\u0301", "\u0301abc", "x\u0301\u0302Y", "🏳️‍🌈👩‍👩‍👧‍👦👍🏽", "😀😀😀 😀",
        "<|im_start|>user<|im_end|>", "<|endoftext|>", "Ġ Ċ â", "\u0085\u2028\u2029", "0123456789٣Ⅻ½²", "3.14159265 1,234,567 2026-11-25T16:20:00Z", "ＡＢＣ　１２３", "\u200B\u200D\uFEFF",
        "𠮷野家 𝟙𝟚𝟛 𝐀𝐛𝐜", "https://example.org/a/b?c=d&e=%E6%9D%B1#f", "@user #話題 $TSLA", "{\"a\":[1,2,null]}", "if (x<=0) { return -1; } // 註解", "\\n\\t\\u4e2d", "/path//to///x\r\n/y",
        "▁▁a▁ b", "ﬁ ﬀ ﬃ", "が ｶﾞ 한글", "Å Å Ω K", "ΑΣΑΣ ΣΊΣΥΦΟΣ", "\0\u0001\u007F", "推 推推 噓 →→", "¡¿«»„“”‚‘’…—–", "©®™✓☎♥", "e\u0301le\u0300ve", "\u1100\u1161\u11A8",
    ];
}
