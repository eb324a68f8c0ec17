using MudBlazor;
using Syrinx.Ads;
using Syrinx.Server.Text;

namespace Syrinx.Server.Components.Ads;

/// <summary>A brief to try the page with.</summary>
/// <param name="Key">Its name in the address: <c>/ads?example=coffee</c>.</param>
/// <param name="Icon">A MudBlazor icon.</param>
/// <param name="Brief">What is advertised.</param>
internal sealed record ExampleBrief(string Key, string Icon, AdBrief Brief);

/// <summary>Briefs of shops in Cuihe (翠河鎮), the sample platform's town, which does not exist; the facts are the town's own.</summary>
internal static class ExampleBriefs
{
    internal static IReadOnlyList<ExampleBrief> All { get; } =
    [
        new("coffee", Icons.Material.Rounded.LocalCafe, new()
        {
            Product = "Riverside Coffee",
            Url = "https://riverside-coffee.example/",
            Audience = "people who work from a laptop",
            Language = "en",
            Facts =
            [
                "Pour-over from Alishan for NT$140",
                "Open 9 to 6, closed on Wednesdays",
                "The window seat looks straight at the herons",
                "Two cats live here, Latte and Mocha",
                "18 Embankment Road, Cuihe",
            ],
            Keywords = ["pour-over coffee", "coffee in Cuihe"],
            Tone = "friendly, dry",
            CallToAction = "Come and sit down",
            Banned = ["cheap", "hipster"],
            Category = "coffee shop",
        }),
        new("night-bus", Icons.Material.Rounded.DirectionsBus, new()
        {
            Product = "Night bus N1",
            Url = "https://cuihe-bus.example/n1",
            Audience = "people who stay out late",
            Language = "en",
            Facts =
            [
                "From the night market to the old sugar mill",
                "Runs on Fridays and Saturdays",
                "Every 40 minutes",
                "First bus 22:30, last bus 23:50",
            ],
            Keywords = ["night bus", "the way home"],
            Tone = "calm",
            CallToAction = "Plan your way home",
            Banned = ["drunk"],
            Category = "public transport",
        }),
        new("ice", Icons.Material.Rounded.Icecream, new()
        {
            Product = "Pearl Ice Parlour",
            Url = "https://pearl-ice.example/",
            Audience = "families on a hot day",
            Language = "en",
            Facts =
            [
                "Mango ice for NT$120",
                "The mangoes come from Huang's own trees",
                "Noon to 10, open every day in summer",
                "Plastic stools, no air conditioning",
            ],
            Keywords = ["mango ice", "fresh mangoes"],
            Tone = "cheerful",
            CallToAction = "Get a bowl",
            Category = "dessert",
        }),
        new("heron", Icons.Material.Rounded.SportsBar, new()
        {
            Product = "The Heron",
            Url = "https://the-heron.example/",
            Audience = "adults in Cuihe",
            Language = "en",
            Facts =
            [
                "Fish and chips for NT$260",
                "Craft beer on tap",
                "Quiz night with Tessa on Thursdays",
                "Open 6 to midnight, closed on Mondays",
                "The darts are bent",
            ],
            Keywords = ["pub quiz", "fish and chips"],
            Tone = "warm, Irish",
            CallToAction = "Book a table",
            Category = "pub, alcohol",
        }),
        new("coffee-zh", Icons.Material.Rounded.LocalCafe, new()
        {
            Product = "河畔咖啡",
            Url = "https://riverside-coffee.example/",
            Audience = "帶筆電工作的人",
            Language = "zh-TW",
            Facts =
            [
                "阿里山手沖140元",
                "9點到6點，週三公休",
                "窗邊那桌正對白鷺鷥",
                "店裡有兩隻貓，拿鐵和摩卡",
                "河堤路18號",
            ],
            Keywords = ["手沖咖啡", "翠河咖啡"],
            Tone = "親切",
            CallToAction = "來坐坐",
            Banned = ["便宜", "文青"],
            Category = "咖啡店",
        }),
        new("night-bus-zh", Icons.Material.Rounded.DirectionsBus, new()
        {
            Product = "夜間公車N1",
            Url = "https://cuihe-bus.example/n1",
            Audience = "逛夜市晚回家的人",
            Language = "zh-TW",
            Facts =
            [
                "夜市開往舊糖廠社區",
                "只在週五、週六行駛",
                "每40分鐘一班",
                "首班22:30，末班23:50",
            ],
            Keywords = ["夜間公車", "回家的車"],
            Tone = "安心",
            CallToAction = "查看時刻表",
            Banned = ["酒醉"],
            Category = "大眾運輸",
        }),
        new("ice-zh", Icons.Material.Rounded.Icecream, new()
        {
            Product = "明珠冰果室",
            Url = "https://pearl-ice.example/",
            Audience = "大熱天出門的一家人",
            Language = "zh-TW",
            Facts =
            [
                "芒果冰120元",
                "芒果是黃家自己種的",
                "中午到晚上10點，夏天不公休",
                "塑膠椅，沒有冷氣",
            ],
            Keywords = ["芒果冰", "現切芒果"],
            Tone = "開朗",
            CallToAction = "來一碗",
            Category = "甜點",
        }),
        new("heron-zh", Icons.Material.Rounded.SportsBar, new()
        {
            Product = "蒼鷺酒館",
            Url = "https://the-heron.example/",
            Audience = "翠河的成年人",
            Language = "zh-TW",
            Facts =
            [
                "炸魚薯條260元",
                "現壓生啤酒",
                "週四晚上有Tessa的機智問答",
                "6點到半夜12點，週一公休",
                "飛鏢是彎的",
            ],
            Keywords = ["機智問答", "炸魚薯條"],
            Tone = "熱情",
            CallToAction = "馬上訂位",
            Category = "酒館、酒類",
        }),
    ];

    internal static ExampleBrief? Find(string? key) => All.FirstOrDefault(e => e.Key == key);

    /// <summary>Those of a page's language first.</summary>
    internal static IEnumerable<IGrouping<string, ExampleBrief>> For(UiText text) => All.GroupBy(e => e.Brief.Language)
        .OrderByDescending(group => group.Key[..2] == text.Culture.TwoLetterISOLanguageName);
}
