namespace Syrinx.Data.Corpus.Signals;

/// <summary>
/// Short lists of our own, English and Chinese (both scripts), with a weight each: what is abusive, adult, or a come-on. Weights
/// are the probability that a post with this word and nothing else deserves the label, as we judge it; they are combined by
/// <see cref="WordScorer"/>. Milder swearing is left out on purpose: it is how people talk.
/// </summary>
internal static class WordLists
{
    /// <summary>Abuse and threats: 0.35 rude, 0.6 insulting, 0.9 hateful or threatening.</summary>
    public static IReadOnlyList<(string Words, float Weight)> Toxic { get; } =
    [
        ("kill yourself|kys|go die|i will kill you|i'll kill you|hope you die|should be shot|should be hanged|gas them|subhuman|subhumans|"
            + "untermensch|nigger|niggers|kike|kikes|faggot|faggots|chink|chinks|spic|spics|tranny|trannies|gook|gooks|"
            + "raghead|towelhead|exterminate them|vermin like you", 0.9f),
        ("retard|retards|retarded|cunt|cunts|whore|whores|slut|sluts|scumbag|scumbags|piece of shit|fuck you|fuck off|fucking idiot|"
            + "fucking moron|motherfucker|dickhead|asshole|assholes|bitch|bitches|twat|wanker|degenerate|degenerates|shut the fuck up|stfu", 0.6f),
        ("idiot|idiots|moron|morons|imbecile|loser|losers|pathetic|dumbass|shut up|stupid people|trash human|bastard|jackass|"
            + "you people are|go back to your country|disgusting people|clown of a", 0.35f),
        ("去死|殺了你|杀了你|殺你全家|杀你全家|死全家|全家死光|支那賤畜|支那豬|支那猪|賤畜|贱畜|滅族|灭族|劣等民族|死黑鬼|黑鬼|死同性戀|死甲|外勞滾|該被槍斃|该被枪毙", 0.9f),
        ("幹你娘|干你娘|操你媽|操你妈|幹您娘|肏|雞掰|机掰|機掰|賤人|贱人|婊子|破麻|母豬教|垃圾人|人渣|畜生|王八蛋|腦殘|脑残|智障|廢物|废物|死肥宅|低能兒|低能儿|狗娘養|媽的智障|塔綠班|滾出台灣", 0.6f),
        ("白痴|白癡|蠢貨|蠢货|蠢豬|蠢猪|閉嘴|闭嘴|丟臉東西|噁心的人|敗類|败类|混蛋|傻逼|傻屄|沒腦|没脑|你有病", 0.35f),
    ];

    /// <summary>Adult text: 0.4 suggestive, 0.9 explicit.</summary>
    public static IReadOnlyList<(string Words, float Weight)> Adult { get; } =
    [
        ("porn|porno|pornhub|blowjob|handjob|cumshot|creampie|gangbang|deepthroat|milf|hentai|dildo|onlyfans leak|nude pics|send nudes|"
            + "sex tape|anal sex|hardcore sex|masturbate|masturbating|masturbation|wet pussy|cock pics|dick pic|dick pics|xxx video|xxx videos", 0.9f),
        ("pussy|nsfw|nudes|nude|naked|horny|onlyfans|escort service|escorts|orgasm|fetish|bdsm|sexting|erotic|stripper|strip club|hookup tonight|adults only|18+|under 18s|🔞", 0.4f),
        ("做愛|做爱|口交|肛交|口爆|顏射|颜射|內射|内射|無碼|无码|av女優|av女优|約砲|约炮|約炮|打手槍|打飛機|打飞机|自慰|手淫|肉棒|淫水|淫蕩|淫荡|陰莖|阴茎|陰道|阴道|"
            + "性交易|援交|叫小姐|裸照|裸聊|全裸|a片|色情片|情色片|潮吹|老司機群", 0.9f),
        ("色情|情色|巨乳|爆乳|露點|露点|走光|外送茶|性感寫真|限制級|成人影片|成人片|十八禁|18禁|床戰|一夜情|開房間|成人限定|未滿十八|限成人|大人才可以|深夜寫真", 0.4f),
    ];

    /// <summary>Come-ons: money for nothing, contact elsewhere, prizes, followers for sale, gambling, borrowed money.</summary>
    public static IReadOnlyList<(string Words, float Weight)> Spam { get; } =
    [
        ("earn from home|work from home and earn|make money fast|make money online|passive income|double your money|double your bitcoin|"
            + "guaranteed profit|guaranteed returns|guaranteed return|risk free profit|free crypto|crypto giveaway|airdrop|claim your prize|"
            + "claim your reward|you have won|you've won|congratulations you won|free gift card|free gift cards|free iphone|click here to claim|"
            + "click the link|click this link|click my link|dm me to start|dm me for details|dm to invest|whatsapp me|join my telegram|telegram group|"
            + "forex signals|trading signals|buy followers|get followers|gain followers|1000 followers|follow back|followback|sub4sub|"
            + "check out my channel|check my channel|subscribe to my|check my bio|link in bio|limited slots|limited spots|act now|"
            + "no experience needed|weekly payout|daily payout|instant withdrawal|send me your wallet|seed phrase|verify your account|"
            + "account will be suspended|account suspended|txt stop|reply stop|urgent prize|cash prize|credit card required|lose weight fast|"
            + "miracle cure|cheap viagra|viagra|cialis|online casino|casino bonus|free spins|betting tips|sure bet|payday loan|with your bank card|enter your bank card|your card details|register with your|government subsidy|relief fund|only the first 100|instant loan|loan approved", 0.5f),
        ("giveaway|invest|investment|profit|profits|bitcoin|crypto|wallet|bonus|prize|winner|free|discount|promo code|promo|limited time|"
            + "offer ends|hurry|order now|buy now|cheap|sign up|subscribe|register now|click|earn|earned|income|payout|dm me|100%|guaranteed|deposit|"
            + "win|won|cash|award|awarded|claim|urgent|txt|call now|voucher|apply now|selected|unsubscribe|winnings|lottery|jackpot|ringtone|refund|"
            + "per week|per day|from home|whatsapp|telegram|dm|inbox me|link below|limited|exclusive|apply|reply", 0.15f),
        ("加line|加賴|加我賴|加我line|line id|賴id|加微信|加薇|私訊我領|免費領取|免费领取|領取獎金|點擊連結|點此連結|点击链接|點我領|飆股|明牌|股票群|投資群|投资群|老師帶單|老师带单|"
            + "帶單|保證獲利|保证获利|穩賺不賠|稳赚不赔|穩賺|日賺|日赚|月入十萬|月入百萬|躺賺|躺赚|被動收入|在家兼職|兼職日結|兼职日结|輕鬆賺|轻松赚|高薪輕鬆|免經驗|無需經驗|小額借貸|小額借款|"
            + "快速借款|當日撥款|免聯徵|娛樂城|娱乐城|百家樂|百家乐|體驗金|首儲|首存|博弈|買粉絲|買讚|虛擬貨幣投資|挖礦收益|中獎通知|帳戶異常|帳號異常|包裹異常|限量名額|名額有限|返利|刷單|刷单|登記領取|領取補助|輸入金融卡|綁定金融卡|填寫信用卡|輸入信用卡|帳號驗證", 0.5f),
        ("免費|優惠|特價|限時|獲利|投資|報名|名額|抽獎|中獎|點擊|領取|賺錢|收入|賺|加入群組|私訊我|私我|點連結|折扣碼|推薦碼|代購|團購|保證|補助|登記|金融卡|提現|入金|出金|彩金|返現|限量|兼職|在家|日領|週領|加群|客服", 0.15f),
    ];
}
