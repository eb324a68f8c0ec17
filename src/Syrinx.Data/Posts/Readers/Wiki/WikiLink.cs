namespace Syrinx.Data.Posts.Readers.Wiki;

/// <summary>What stands between <c>[[</c> and <c>]]</c>, or between <c>-{</c> and <c>}-</c>.</summary>
internal static class WikiLink
{
    /// <summary>Namespaces of pictures and categories in the larger Wikipedias' languages.</summary>
    private static readonly HashSet<string> Silent = new(StringComparer.OrdinalIgnoreCase)
    {
        "file", "image", "category", "media",
        "文件", "檔案", "档案", "圖像", "图像", "分類", "分类", "ファイル", "画像", "カテゴリ", "파일", "그림", "분류",
        "datei", "bild", "kategorie", "fichier", "catégorie", "archivo", "imagen", "categoría", "ficheiro", "arquivo", "imagem", "categoria",
        "immagine", "bestand", "afbeelding", "categorie", "plik", "grafika", "kategoria", "файл", "изображение", "категория", "fil", "kategori",
        "berkas", "tập tin", "hình", "thể loại", "ملف", "تصنيف", "קובץ", "קטגוריה", "dosya", "soubor", "fájl", "kép", "kategória",
        "зображення", "категорія",
    };

    /// <summary>The words of a link; nothing for pictures, categories and the same article in another language.</summary>
    public static string Plain(string[] parts)
    {
        string target = parts[0].Trim();
        bool shown = target.StartsWith(':');
        if (shown)
            target = target[1..];
        int colon = target.IndexOf(':', StringComparison.Ordinal);
        if (!shown && colon > 0)
        {
            string space = target[..colon].Trim();
            if (Silent.Contains(space) || parts.Length == 1 && IsLanguage(space))
                return "";
        }
        if (parts.Length > 1 && parts[^1].Trim().Length > 0)
            return parts[^1].Trim('\n');
        if (parts.Length > 1) // "[[name (what)|]]" shows "name"
        {
            target = target[(colon + 1)..];
            int parenthesis = target.IndexOf('(', StringComparison.Ordinal);
            return (parenthesis > 0 ? target[..parenthesis] : target).Trim();
        }
        int section = target.IndexOf('#', StringComparison.Ordinal);
        return section > 0 ? $"{target[..section]} § {target[(section + 1)..]}" : target.TrimStart('#');
    }

    /// <summary>
    /// One of the writings of Chinese: the traditional one of Taiwan where it is told, else another traditional one, else
    /// the last. Rules that show nothing (<c>-{T|…}-</c>, <c>-{H|…}-</c>) are nothing.
    /// </summary>
    public static string Variant(string[] parts)
    {
        string flag = parts.Length > 1 ? parts[0].Trim() : "";
        if (flag is "T" or "H" or "-" or "D")
            return "";
        string rule = string.Join('|', parts.Length > 1 ? parts[1..] : parts);
        string? best = null;
        int rank = -1;
        foreach (string one in rule.Split(';'))
        {
            int colon = one.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            string code = one[..colon].Trim();
            int arrow = code.LastIndexOf('>');
            int place = code[(arrow + 1)..] switch { "zh-tw" => 4, "zh-hant" => 3, "zh-hk" or "zh-mo" => 2, "zh" => 1, _ when code.StartsWith("zh", StringComparison.Ordinal) => 0, _ => -2 };
            if (place >= rank && place > -2)
                (best, rank) = (one[(colon + 1)..].Trim(), place);
        }
        return best ?? rule;
    }

    private static bool IsLanguage(string code) =>
        code.Length is 2 or 3 && code.All(char.IsAsciiLetterLower) || code is "simple" or "zh-yue" or "zh-classical" or "zh-min-nan" or "be-tarask";
}
