using System.Text;

namespace Syrinx.Ads;

/// <summary>
/// Characters that pass for others: Cyrillic, Greek, Armenian, Cherokee and phonetic letters that look Latin, lettered emoji, dashes
/// and quotes, and simplified Chinese characters of words that the rules look for. A selection of what Unicode Technical Standard 39
/// calls confusable, the letters that ad copy could be disguised with.
/// </summary>
internal static class LookAlikes
{
    private static readonly Dictionary<int, string> Folded = Build();

    /// <summary>What a character passes for, or itself.</summary>
    public static string Fold(Rune rune) => Find(rune) ?? rune.ToString();

    /// <summary>What a character passes for, or null.</summary>
    public static string? Find(Rune rune) => Folded.GetValueOrDefault(rune.Value);

    private static Dictionary<int, string> Build()
    {
        var map = new Dictionary<int, string>();
        // a Latin letter, then everything that looks like it
        foreach (string line in (string[])[
            "aаαаɑᴀꭺ", "bвЬьʙᏴβɓ", "cсϲᴄꮯƈ", "dԁɗᴅꭰđ", "eеёεҽᴇꭼєɛ", "fғƒꜰϝ", "gɡցɢԍ", "hһнʜꮋհ", "iіїιıɩɪꭵíⅼ", "jјʝᴊյ", "kкκᴋꮶқ",
            "lӏʟꮮłƖ", "mмᴍꮇϻ", "nпηɴոŋ", "oоοσօᴏөø", "pрρᴘꮲҏ", "qԛզգ", "rгʀꮢᴦɾ", "sѕꜱꮪʂ", "tтτᴛꭲŧ", "uυսᴜцʋ", "vνѵᴠꮩ", "wԝшѡᴡꮃω",
            "xхχ×", "yуүγʏყ", "zᴢꮓʐƶ", "æӕ",
            "hΗ", "nΝ", "yΥ"])
        {
            foreach (var rune in line.EnumerateRunes().Skip(1))
                map[rune.Value] = line[..1];
        }
        for (int i = 0; i < 26; i++)
        {
            string letter = ((char)('a' + i)).ToString();
            map[0x1F1E6 + i] = letter; // regional indicators
            map[0x1F150 + i] = map[0x1F170 + i] = letter; // in dark circles and squares
        }
        foreach (int dash in (int[])[0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58])
            map[dash] = "-";
        foreach (int quote in (int[])[0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x02BC, 0x0060, 0x00B4])
            map[quote] = "'";
        foreach (int quote in (int[])[0x201C, 0x201D, 0x201E, 0x2033])
            map[quote] = "\"";
        map[0x301C] = map[0x223C] = "~";
        map[0x2044] = "⁄"; // stays apart from the slash of dates
        map[0x066A] = "%";
        (map['廿'], map['卅']) = ("二十", "三十");
        foreach (string pair in (string[])[
            "臺台", "费費", "证證", "价價", "优優", "强強", "级級", "极極", "冠冠", "军軍", "销銷", "质質", "满滿", "项項", "运運", "赠贈", "单單", "钱錢",
            "惠惠", "时時", "间間", "后後", "机機", "会會", "对對", "绝絕", "终終", "远遠", "气氣", "认認", "实實", "验驗", "专專", "独獨", "唯唯", "领領", "导導", "业業",
            "国國", "亚亞", "万萬", "亿億", "两兩", "块塊", "圆圓", "说說", "写寫", "规規", "则則", "无無", "视視", "略略", "数數", "张張", "个個", "种種", "条條", "双雙",
            "务務", "疗療", "见見", "治治", "愈癒", "奖獎", "获獲", "荣榮", "尝嚐", "买買", "卖賣", "扣扣", "减減", "节節", "约約", "发發", "货貨", "达達", "产產", "师師",
            "荐薦", "试試", "药藥", "赌賭", "烟菸", "枪槍", "弹彈", "贷貸", "赚賺", "赔賠", "护護", "维維", "龄齡", "岁歲", "学學", "员員", "胜勝", "过過", "败敗",
            "输輸", "较較", "热熱", "爱愛", "欢歡", "迎迎", "选選", "择擇", "击擊", "广廣", "东東", "关關", "门門", "开開", "网網", "线線", "电電", "话話", "号號", "点點",
            "别別", "异異", "从從", "为為", "来來", "这這", "让讓", "给給", "还還", "没沒", "样樣", "只只", "轻輕", "长長", "宽寬", "码碼", "层層", "楼樓", "岛島", "湾灣",
            "丽麗", "医醫", "顾顧", "担擔", "诺諾", "贵貴", "装裝", "签簽", "续續", "险險", "压壓", "风風", "预預", "订訂", "计計", "总總", "统統", "检檢", "测測", "标標",
            "烟菸", "煙菸", "衆眾", "众眾", "佔占", "峯峰", "裏裡", "着著", "污汙", "啓啟", "鷄雞", "銹鏽", "纔才", "周週"])
        {
            map[pair[0]] = pair[1..];
        }
        return map;
    }
}
