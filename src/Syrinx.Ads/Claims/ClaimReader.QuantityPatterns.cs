using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// What stands before and behind numbers: how they are limited, what they are for, what they are not.
internal sealed partial class ClaimReader
{
    [GeneratedRegex(@"^\s*(?:-|~|(?:all\s+the\s+way\s+|right\s+)?(?:up\s+)?to(?:\s+(?:size|age|level|grade))?|through|(?:一路|一直)?[至到])\s*[a-z]{0,3}\$?\s*$|^\s*(?:元|塊|%|折|天|日|個|歲|人|位|名|分鐘|個?小時|公分|公斤|公克|公里|坪|度|年|週|個月|杯|次|堂|種|件)?\s*(?:-|~|to|至|到)\s*(?:[a-z]{0,3}\$)?\s*$")]
    private static partial Regex RangeSign();

    [GeneratedRegex(@"(?<![a-z])half[\s\-]*(?:the\s+|of\s+the\s+)?(?:price[ds]?|off|cost)(?![a-z])|(?<![a-z])(?:50|fifty)\s*[\-/]\s*(?:50|fifty)\s+off|一半(?=的(?:錢|價))|(?:特價|只要|打|享)?半價|對折|打對折|(?<![一])半折")]
    private static partial Regex HalfPrice();

    [GeneratedRegex(@"(?:打|享|只要|現)?\s*(?<n>\d{1,2}(?:\.\d)?|[一二三四五六七八九]{1,2}|[一二三四五六七八九]點[一二三四五六七八九]|[三四五六七八九]十)\s*折(?![扣疊騰磨返射衷服斷腰]|價券|抵)", RegexOptions.ExplicitCapture)]
    private static partial Regex Fold();

    [GeneratedRegex(@"\G\s*(?:起|以上|以下)")]
    private static partial Regex FoldFrom();

    [GeneratedRegex(@"(?:最低|最高|下殺到?|低至|只要最低|最優)\s*$")]
    private static partial Regex LowestBefore();

    [GeneratedRegex(@"(?<![a-z])(?:a|one)[\s\-](?<n>third|quarter|half|fifth|tenth)[\s\-]off", RegexOptions.ExplicitCapture)]
    private static partial Regex FractionOff();

    [GeneratedRegex(@"(?<![a-z])(?<quarters>three[\s-]quarters|(?:a|one)[\s-]quarter)[\s-]+(?:of[\s-]+)?an[\s-]+hour|(?<![a-z]|and a |and-a-)(?<hour>half[\s\-](?:an?[\s\-])?hours?)|(?<![a-z])(?<year>half[\s\-](?:a[\s\-])?year)|(?<![\d一二兩三四五六七八九十]個?)(?<hour>半(?:個)?小時|半個鐘頭)|(?<![\d一二兩三四五六七八九十])(?<year>半年(?!來))|(?<![a-z])half\s+(?:the|as|of)(?![a-z])(?!\s+(?:us|you|them|it|that|this|me|the\s+(?:fun|story|battle|time|way)|way)(?![a-z]))|(?<![到過剩])一半|(?<![a-z])one\s+half|(?<=(?:bills?|costs?|price|prices|spending|rates?|fees?|expenses)\s+)in\s+half|(?<![a-z])halv(?:e|es|ed|ing)\s+(?:the|your)\s+(?:[a-z]+\s+)?(?:bills?|costs?|price|time)", RegexOptions.ExplicitCapture)]
    private static partial Regex Half();

    [GeneratedRegex(@"(?<n>[一二三四五六七八九\d])\s*成(?<more>[一二三四五六七八九半])?(?![為長就立員功果本分份效熟語品人])", RegexOptions.ExplicitCapture)]
    private static partial Regex Tenths();

    [GeneratedRegex(@"(?<![a-z])(?:(?<many>many|several)\s+)?(?<n>dozens|hundreds|thousands|millions|billions)(?:\s+of)?(?![a-z])|(?:(?<many>數|好幾|幾)|上|破|近|逾|成)(?<n>百萬|千萬|百|千|萬|億)(?!分|搭|貨|香|合|層|里|用|能|一|事)", RegexOptions.ExplicitCapture)]
    private static partial Regex Vague();

    [GeneratedRegex(@"\G\s*(?:%|percent(?:age)?(?![a-z])|per\s?cent(?![a-z])|pct(?![a-z])|趴|帕)")]
    private static partial Regex Percent();

    [GeneratedRegex(@"(?<![\d.])(?<n>\d+(?:\.\d+)?)(?:\s*[x*乘]\s*(?<n>\d+(?:\.\d+)?))+(?![\dx])")]
    private static partial Regex Size();

    [GeneratedRegex(@"(?<![a-z0-9])(?<!(?:維生素|維他命|vitamin)\s?)(?:(?<under>b)(?<n>[1-9])|(?<n>[1-9]\d?)f)(?![a-z0-9])|(?<under>地下)(?<n>[一二三四五六1-6])樓|(?<n>[一二三四五六七八九十]{1,2}|\d{1,2})樓(?![梯上下層價])", RegexOptions.ExplicitCapture)]
    private static partial Regex Floor();

    [GeneratedRegex(@"(?<n>[\d一二兩三四五六七八九十]+)個半")]
    private static partial Regex AndHalf();

    [GeneratedRegex(@"(?:(?<=(?<![a-z])(?:to|within|in|inside|for|over|under|after|than|until|till|least|takes?|lasts?|of|cancel|about|only|just|every)\s+)an?|(?<![a-z])first)(?=\s+(?:hour|day|week|month|year|fortnight)(?![a-z]))|一(?=(?:天|週|個?禮拜|個?星期|個月|年|個?小時)(?:前|內|以前|以內|之前|後))|(?<=早|提前)一(?=天|週|個?禮拜|個?星期|個月|年|個?小時)")]
    private static partial Regex AWhile();

    // ages 5 to 12, from the age of 5
    [GeneratedRegex(@"(?<![a-z])age[ds]?(?:\s+of)?(?:\s+(?:from|over|above|at\s+least|between))?\s+$")]
    private static partial Regex AgeBefore();

    [GeneratedRegex(@"(?<![a-z])(?:at|by|until|till|before|after|from)\s+(?:[\d:]+\s+(?:and|or|&)\s+)?$")]
    private static partial Regex HourBefore();

    [GeneratedRegex(@"\G(?:\s*(?:$|[,.;!?)])|\s+(?:every|each|daily|sharp|on|and|so|when|most|mon|tues|wednes|thurs|fri|satur|sun))")]
    private static partial Regex HourAfter();

    // a table for two
    [GeneratedRegex(@"(?<![a-z])for\s+$")]
    private static partial Regex ForSoMany();

    [GeneratedRegex(@"(?<=(?:pounds?|euros?|dollars?|bucks?))\G\s+(?:\d\d(?!\d)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|ten|fifteen)(?![\sa-z-]*(?:pounds?|euros?|dollars?|%|percent|minutes?|days?|hours?|of\b))")]
    private static partial Regex CentsAfter();

    [GeneratedRegex(@"百分之\s*$")]
    private static partial Regex PercentBefore();

    [GeneratedRegex(@"\G[\s\-]*(?:(?:(?:comes?|taken|knocked|goes|is|gets?)\s+(?:[a-z]+\s+)?)?off(?![a-z])|(?:[a-z\-]+\s+){0,2}discount|savings?(?![a-z])|cheaper|less(?=\s*(?:$|[.,;!?)•·|]|(?:for|if|when|on|with)(?![a-z])))|price\s+cut|reduction|的?(?:折扣|優惠|回饋|折價)|off)")]
    private static partial Regex OffAfter();

    [GeneratedRegex(@"(?:(?<![a-z])(?:save|saves|saving|saved|discounts?(?:\s+of)?|reduced\s+by|cut\s+by|cheaper\s+by|(?:drops?|falls?|dropped|fell|goes\s+down|comes\s+down|down|lower|lowered)\s+by|off)(?:\s+(?:up\s+to|an?|about|over|at\s+least|extra|you))*|省下?|現省|省|折扣|優惠|降價?|減|少收?|便宜|回饋)\s*(?:最高|達|了|高達|約)?\s*$|(?:^|[\s(])-\s*$")]
    private static partial Regex OffBefore();

    [GeneratedRegex(@"\G'?\s*(?:or\s+more\s+)?(?:to\s+go|left|before|ahead|notice|in\s+advance|prior|beforehand)(?![a-z])|\G(?:以前|之前|前|以上(?=就?[可能]?(?:取消|退)))")]
    private static partial Regex AheadAfter();

    [GeneratedRegex(@"\G\s*(?:st|nd|rd|th)(?![a-z])")]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\G\s*(?:的)?[\u3400-\u9fff]{2}")]
    private static partial Regex HanAfter();

    [GeneratedRegex(@"\G(?:分鐘|小時|天|週|星期|個?禮拜|個月|年|晚|夜|個晚上)[^,、。!?;\n送贈免享打]{0,4}[\d一二兩三四五六七八九十]")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<![a-z])(?:free|off|discount|delivery|shipping|gift|save|waived?|on\s+us)(?![a-z])|免|折|送|贈|優惠|不收|我們[出付]|吸收")]
    private static partial Regex Given();

    [GeneratedRegex(@"\G[名代大]")]
    private static partial Regex Rank();

    [GeneratedRegex(@"\Gs(?![a-z0-9])")]
    private static partial Regex PluralDigits();

    [GeneratedRegex(@"(?<![\d.a-z])(?<n>\d(?:\.\d{1,2})?|one|two|three|four|five|six|seven|eight|nine)\s*(?:(?:stars?\s+)?out\s+of|(?<=\.\d\s*)of|in(?=\s*(?:10|ten))|/)\s*(?:5|10|five|ten)(?![\d/a-z]|\.\d)(?:\s*stars?)?|(?<![\d.])(?<n>\d\.\d)\s*(?:顆星|星|分)(?!鐘)")]
    private static partial Regex Rating();

    // "fired twice" in a fact are two firings
    [GeneratedRegex(@"(?<![a-z])twice(?!\s+(?:as|the))(?![a-z])|(?<![\da-z.])2x(?=\s+(?:a|per)\s)")]
    private static partial Regex Twice();

    [GeneratedRegex(@"(?<![a-z])(?!(?:the|our|a|phone|model|bus|room|call|at|is|on)\s)[a-z]{3,}\s+number\s+$")]
    private static partial Regex NumberedBefore();

    [GeneratedRegex(@"第\s*$")]
    private static partial Regex OrdinalBefore();

    [GeneratedRegex(@"(?:滿|消費滿|單筆滿|買滿)\s*$")]
    private static partial Regex FullBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:price|priced\s+at|costs?|pay)\s*:?\s*|只要|只需|售價|特價|優惠價|定價|原價|價格|現在|花|花費|僅需|僅|一律|均一價|滿|折|省|現折|現省|折抵|[學材租月年會]費)\s*:?\s*$")]
    private static partial Regex PriceCue();

    [GeneratedRegex(@"^\s*(?:$|[^\w\s]|起|內|以上|的|就|即|免|送|元|享|帶|for\b|a\b|per\b|each\b|only\b|and\b|or\b|off\b|with\b|at\b|in\b)")]
    private static partial Regex NothingCounted();

    [GeneratedRegex(@"\G\s*(?:/|／|per\s+|an?\s+|each\s+|every\s+|每)\s*(?:1\s*|一)?(?<per>[a-z]+|個月|[\u3400-\u9fff]{1,2})|\G\s?(?<per>pp)(?![a-z])|\G\s*by\s+the\s+(?<per>month|year|week|day|hour|night)(?![a-z])|\G\s*(?<per>each|monthly|yearly|annually|weekly|nightly|hourly|daily)(?![a-z])", RegexOptions.ExplicitCapture)]
    private static partial Regex PerAfter();

    [GeneratedRegex(@"(?<per>月|年|週|日)(?:費|租|繳|付)\s*(?:只要|只需|只|僅|僅需|每人|為|:)?\s*$|(?<![a-z])by\s+the\s+(?<per>month|year|week|day|hour|night)\s*(?::\s*|,?\s+(?:it's|for|at|only|just)\s+)$|(?<![a-z])(?<per>month|annual|year|week|dai|hour)(?:(?<=annual)|ly)\s+(?:[a-z]+\s+){0,3}$|(?:每|(?<![\d統第唯專同])一)\s*(?<per>個月|小時|個晚上|個人|公斤|台斤|公克|公升|月|年|日|天|週|斤|人|位|杯|包|袋|瓶|罐|盒|片|組|套|件|份|個|晚|支|張|次|堂|顆|入|塊|碗|餐|客)\s*(?:只要|只需|只|售價|僅|僅需|特價|優惠價|約|收|為|:)?\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex PerBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:was|were|previously|formerly|originally|regular(?:ly)?|usually|normally|list(?:\s+price)?|rrp|msrp|retail|(?:down|dropped|reduced|fallen|cut)\s+from|used\s+to\s+(?:be|cost)|instead\s+of|before|reg\.?)(?:\s+(?:price|priced|at|for|is|only))*\s*:?|原價|市價|建議售價|(?<![平高草復還中])原|原本(?:[每一][台件份人個組])?|原為|平日價|原售價|定價原)\s*:?\s*$")]
    private static partial Regex WasBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:save|saves|saving|saved|discount\s+of|voucher|coupon|credit)(?:\s+(?:up\s+to|an?|about|over|at\s+least|extra|you|of|worth))*|現省|省下?|折抵|折價|現折|立折|折|現抵|抵|減|少付|少收|少|回饋|優惠|便宜)(?:你|您)?\s*(?:最高|達|了|高達|約)?\s*$")]
    private static partial Regex SavingBefore();

    [GeneratedRegex(@"\G\s*(?:off(?![a-z])|discount|cheaper|less(?![a-z]|\s+than)|savings|vouchers?|coupons?|credit(?![a-z])|的?折扣|的?折價|的?優惠|優惠券|折抵|購物金|回饋|抵用)")]
    private static partial Regex SavingAfter();

    [GeneratedRegex(@"(?:(?<![a-z])(?:over|above|(?:order|total|basket|cart|spend)\s+(?:passes|reaches|hits|tops|exceeds|comes\s+to)|orders?(?:\s+(?:for|of))?(?:\s+(?:of|over|above|from|more\s+than|at\s+least))?|spend(?:ing)?(?:\s+(?:over|more\s+than|above|at\s+least))?|purchases?(?:\s+(?:of|over|above))?|minimum(?:\s+(?:spend|order)(?:\s+of)?)?|beyond|exceeding|min\.?)|滿|超過|達|低消|消費滿?|滿額)\s*:?\s*$")]
    private static partial Regex ThresholdBefore();

    [GeneratedRegex(@"\G\s*(?:or\s+more|and\s+(?:up|over|above)|or\s+above|\+|以上)")]
    private static partial Regex ThresholdAfter();

    [GeneratedRegex(@"(?:(?<![a-z])(?:up\s+to|as\s+much\s+as|max(?:imum)?(?:\s+of)?|at\s+most|(?:no|not|never|none)\s+(?:[a-z]+\s+){0,3}?more\s+than|as\s+many\s+as|nearly|almost|close\s+to)|不超過|不會超過|不多於|最多|最高|最長|至多|上限|高達|多達|長達|近|將近|接近|可達|最大|低至|最遠)\s*[^\d\sa-z,、。的級人]{0,4}\s*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex UpToBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:at\s+least|from|(?:start|begin)(?:s|ing)?\s+(?:at|from)|minimum(?:\s+(?:stay|order|spend|age|booking|hire))?(?:\s+(?:of|is))?|as\s+little\s+as|as\s+low\s+as|prices?\s+from|no\s+(?:less|fewer)\s+than)|至少|最少|起碼|最低|不少於|湊滿|揪滿|(?<![未不])滿(?=\s*$))\s*[^\d\sa-z,、。的級人]{0,4}\s*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex AtLeastBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:(?:more|older|bigger|larger|higher)\s+than|over|above|exceeding|upwards\s+of|beyond|well\s+over)-?|超過|逾|破|突破|大於|不只|不止)\s*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex MoreThanBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:(?:less|fewer|younger|smaller|lower)\s+than|below|under)(?:\s+the\s+age\s+of)?|低於|不到|少於|未滿|不滿)[\s\-]*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex LessThanBefore();

    [GeneratedRegex(@"(?<![a-z])(?:within|in|inside|in\s+(?:just|only|about|under)|for)\s*(?:the\s+)?(?:[a-z]{0,3}\$)?\s*$")]
    private static partial Regex WithinBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:about|around|approx(?:imately|\.)?|roughly|some|circa)|約|大約|大概)\s*(?:[a-z]{0,3}\$|[€£¥])?\s*$")]
    private static partial Regex AboutBefore();

    [GeneratedRegex(@"\G\s*(?:(?:an?|per)\s+[a-z]+\s+)?(?:\+|-?plus(?![a-z])|or\s+(?:more|longer)|and\s+(?:up|over|above|counting)|以上|多(?=[個人位元名家間種款年天次杯則筆台件輛隻本冊場組戶支份]|\s*$)|餘(?=[個人位元名家間種款年]))")]
    private static partial Regex PlusAfter();

    [GeneratedRegex(@"\G\s*起|\G\s+upwards(?![a-z])|\G[\s\-]+minimum(?![a-z])")]
    private static partial Regex FromAfter();

    [GeneratedRegex(@"\G\s*(?:以內|之內|內(?!含|容|部|建|用)|以下|or\s+less|or\s+under)")]
    private static partial Regex WithinAfter();

    [GeneratedRegex(@"\G\s*(?:[a-z]+\s+)?(?:max(?:imum)?(?![a-z])|at\s+(?:the\s+)?most|tops(?![a-z])|or\s+(?:fewer|less)|為限|上限)")]
    private static partial Regex UpToAfter();

    [GeneratedRegex(@"\G\s*(?:左右|上下|or\s+so(?![a-z]))")]
    private static partial Regex AboutAfter();

    // what begins with a numeral and counts nothing
    [GeneratedRegex(@"\G(?:雙十[一二]|兩個人(?=一起|都|也|的)|十分(?!鐘|之)|千萬(?=別|不|要|記)|萬一|百分百|三明治|三餐|四季|五花|五金|七夕|八方|九層塔|十足|二手|百搭|百貨|百香|百合|百年好合|千層|萬用|萬能|萬事|萬物|一日遊|一日券|一日店長|一日之|一天到晚|一年四季|一年到頭|一年一度|一時|兩全|三不五時|四處|四面|五顏六色|六神|七上八下|八寶|九宮|百變|百看|百吃|千里|千言|千變|三心|三思|二話|五味|五感|五臟|四肢|三星(?!級|評|好)|兩側|兩旁|兩端|兩岸|五十音|五十肩|四十肩|三十六計|十八般|三百六十行|九九乘法)")]
    private static partial Regex Idiom();

    [GeneratedRegex(@"\G\s?(?:cents?|¢|pence|p(?=\s*(?:$|[,.;!?)/]|each|per|a\s)))(?![a-z])")]
    private static partial Regex Cents();

    [GeneratedRegex(@"(?<![a-z])between\s+(?:the\s+ages\s+of\s+)?$|介於\s*$")]
    private static partial Regex BetweenBefore();

    [GeneratedRegex(@"[每一][人位]$|一個人$")]
    private static partial Regex EachPerson();

    [GeneratedRegex(@"\G\s+(?:easy\s+|monthly\s+|equal\s+)*(?:instal?lments?|payments?|visits?|sessions?|evenings?|weekends?)(?![a-z])")]
    private static partial Regex OverParts();

    [GeneratedRegex(@"\G\s+(?:working|business)\s+day")]
    private static partial Regex WorkingDay();

    [GeneratedRegex(@"\G(?:\s*[、/和與或]\s*[\d,]+)+\s*[元塊]")]
    private static partial Regex MoneyList();

    [GeneratedRegex(@"\G\s+times(?=\s+(?:(?:an?|per|each|every)\s|daily|weekly|monthly))")]
    private static partial Regex TimesAfter();
}
