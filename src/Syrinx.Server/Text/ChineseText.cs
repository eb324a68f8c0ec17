using System.Globalization;
using Syrinx.Server.Safety;

namespace Syrinx.Server.Text;

/// <summary>繁體中文, as written in Taiwan.</summary>
internal sealed partial class ChineseText : UiText
{
    public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("zh-TW");

    public override string HtmlLang => "zh-Hant-TW";

    public override string OwnName => "中文";

    public override string Compact(double n) => n switch
    {
        >= 1e12 => (n / 1e12).ToString("#,0.#", Culture) + " 兆",
        >= 1e8 => (n / 1e8).ToString("0.#", Culture) + " 億",
        >= 1e4 => (n / 1e4).ToString("0.#", Culture) + " 萬",
        _ => n.ToString("#,0.##", Culture),
    };

    public override string Date(DateTime utc) => utc.ToString("yyyy年M月d日", Culture);

    public override string Month(DateTime utc) => utc.ToString("yyyy年M月", Culture);

    public override string Duration(TimeSpan time) => time > TimeSpan.Zero && time.TotalSeconds < 1 ? "不到 1 秒" : time.TotalSeconds < 90
        ? $"{Decimal(time.TotalSeconds, 0)} 秒"
        : time.TotalHours < 2 ? $"{Decimal(time.TotalMinutes, 1)} 分鐘" : $"{Decimal(time.TotalHours, 1)} 小時";

    // The frame
    public override string Tagline => "把社群平臺的貼文變成語言模型、搜尋與助理";
    public override string SwitchToThis => "切換為繁體中文";
    public override string SkipToContent => "跳到主要內容";
    public override string MainNavigation => "主選單";
    public override string Home => "首頁";
    public override string Chat => "對話";
    public override string Search => "搜尋";
    public override string SwitchScheme => "切換淺色與深色";
    public override string ThisIsAnAi => "您正在與 AI 對話，它可能出錯。";
    public override string NoModelYet => "目前還沒有訓練任何模型。";
    public override string TinyModel(string name, long parameters) => $"模型「{name}」是極小的示範模型，只有 {Compact(parameters)}個參數。";
    public override string OrdinaryModel(string name, long? parameters) =>
        $"使用的模型是「{name}」{(parameters is { } n ? $"，{Compact(n)}個參數" : "")}。";
    public override string PageFailed => "這個頁面出了點問題";
    public override string PageFailedHelp => "伺服器的紀錄檔寫有原因；重新載入頁面通常就會好。";
    public override string Reload => "重新載入";
    public override string Reconnecting => "連線中斷，正在重新連線…";
    public override string ConnectionLost => "無法連上伺服器。";
    public override string TryAgain => "再試一次";
    public override string NeedsScript => "您的瀏覽器停用了 JavaScript：搜尋仍可使用，對話、廣告與規劃則無法使用。";
    public override string PageMissing => "找不到這個頁面";
    public override string PageMissingHelp => "網址可能打錯了，或是這裡的內容已經刪除。";
    public override string ToHome => "回首頁";
    public override string ToSearch => "搜尋貼文";

    // Posts
    public override string UnknownAuthor => "作者不明";
    public override string OpenPost => "開啟";
    public override string OpenPostOf(string author) => $"在原平臺開啟 {author} 的貼文";
    public override string PostsUnit => "則貼文";

    // Home
    public override string HeroTitle(long posts) => $"{Number(posts)} 則貼文，唱出自己的聲音";
    public override string HeroTitleEmpty => "讓平臺的貼文開口說話";
    public override string HeroLead => "它們成了一個語言模型、一套搜尋，和一位會註明出處的助理。";
    public override string HeroLeadEmpty => "Syrinx 把貼文變成語言模型、搜尋，以及會註明出處的助理。";
    public override string NothingBuilt => "這個資料夾裡還沒有任何成果。請在終端機執行：";
    public override string Ask => "提問";
    public override string Suggestions => "建議的問題";
    public override IReadOnlyList<string> ExampleQuestions { get; } =
    [
        "哪家牛肉麵好吃？",
        "早餐吃什麼好？",
        "半夜可以吃什麼？",
        "哪裡有好喝的咖啡？",
        "末班公車是幾點？",
        "有人要賣腳踏車嗎？",
        "哪裡適合爬山？",
        "最近股市怎麼樣？",
        "有推薦的電影嗎？",
        "現在買什麼手機好？",
    ];
    public override IReadOnlyList<string> ExampleSearches { get; } =
    [
        "公車",
        "咖啡",
        "下雨",
    ];
    public override string TheWay => "資料走過的路";
    public override string StationPosts => "貼文";
    public override string StationCorpus => "語料";
    public override string StationTokens => "詞元";
    public override string StationModel => "模型";
    public override string StationIndex => "索引";
    public override string DocumentsUnit => "篇文件";
    public override string TokensUnit => "個訓練詞元";
    public override string ParametersUnit => "個參數";
    public override string SearchableUnit => "則可搜尋";
    public override string IndexNote => "供搜尋與附出處的回答使用";
    public override string NotYet => "尚未建立";
    public override string InLanguages(int count) => $"共 {count} 種語言";
    public override string KeptShare(double share) => $"保留了 {Percent(share)} 的貼文";
    public override string VocabularyOf(int size) => $"詞彙表 {Number(size)} 項";
    public override string HowItLearned => "模型學習的過程";
    public override string TrainingRuns => "訓練紀錄";
    public override string TrainedIn(int runs) => $"先後 {runs} 次訓練";
    public override string TrainingNow => "訓練中";
    public override string LossExplained => "損失值表示模型對下一個詞元有多意外：越低越好。";
    public override string LossChart => "各訓練步的損失值";
    public override string LossFell(double from, double to, long step) =>
        $"訓練損失在 {Number(step)} 步內由 {Decimal(from, 2)} 變為 {Decimal(to, 2)}。";
    public override string StepsOf(string run) => $"訓練「{run}」的步數";
    public override string TrainingLoss => "訓練損失";
    public override string ValidationLoss => "驗證損失";
    public override string TheModel => "模型";
    public override string TheTinyModel => "極小的模型";
    public override string Parameters => "參數";
    public override string TinyNote => "僅供示範：大型模型的參數多上千倍";
    public override string Shape => "架構";
    public override string ShapeOf(int layers, int width) => $"{layers} 層，寬度 {width}";
    public override string Context => "上下文長度";
    public override string TokensOf(long n) => $"{Number(n)} 個詞元";
    public override string TokensSeen => "訓練過的詞元";
    public override string ComputeSpent => "耗用的運算";
    public override string NatsAToken => "nat／詞元";
    public override string BitsPerByte => "每位元組位元數";
    public override string Energy => "耗電";
    public override string Estimate => "估計值";
    public override string Languages => "語言";
    public override string OtherItems => "其他";
    public override string LeftOut => "略過了什麼，為什麼";
    public override string LeftOutNote => "這些貼文不在語料中，模型沒有讀過。";
    public override string CorpusCard => "完整的語料說明卡";
    public override string Communities => "社群";
    public override string OverTime => "各時期的貼文";
    public override string Lengths => "文件長度";
    public override string LengthsNote => "一篇文件是一則貼文加上回覆，以字元計。";
    public override string LengthBar(double from, double? to) =>
        to is null ? $"{Number((long)from)} 以上" : $"{Number((long)from)}–{Number((long)to)}";

    // Chat
    public override string Conversation => "對話內容";
    public override string YourConversations => "您的對話";
    public override string NewConversation => "新對話";
    public override string NoConversations => "您的對話會出現在這裡。";
    public override string CloseList => "關閉清單";
    public override string ConversationMenu(string title) => $"「{title}」的選項";
    public override string Rename => "重新命名";
    public override string RenameConversation => "重新命名對話";
    public override string ConversationTitle => "標題";
    public override string Delete => "刪除";
    public override string DeleteQuestion => "要刪除這個對話嗎？";
    public override string DeleteForGood(string title) => $"「{title}」將永久刪除，無法復原。";
    public override string Deleted => "對話已刪除。";
    public override string Cancel => "取消";
    public override string Save => "儲存";
    public override string ConversationGone => "找不到這個對話";
    public override string ConversationGoneHelp => "它可能已刪除，或屬於另一個瀏覽器。";
    public override string AskThePosts => "問問這些貼文";
    public override string AskThePostsHelp => "答案由大家寫過的句子組成，每句都註明出處；旁邊是模型自己說的話。";
    public override string YourQuestion => "您的問題";
    public override string QuestionPlaceholder => "問一件大家可能聊過的事…";
    public override string ComposerHint => "Enter 送出 · Shift+Enter 換行 · Esc 停止";
    public override string Send => "送出";
    public override string Stop => "停止";
    public override string Stopped => "已停止";
    public override string YouAsked => "您問：";
    public override string FromThePosts => "貼文裡的答案";
    public override string SearchingPosts => "正在翻找貼文…";
    public override string NothingToAsk => "還沒有貼文可以翻找：執行 ./syrinx quickstart，或只執行 ./syrinx index，就會建立索引。";
    public override string NothingFound => "貼文裡沒有提到這件事。換個說法，或問問大家常聊的話題。";
    public override string CitationLabel(int number, string author) => $"出處 {number}：{author} 的貼文";
    public override string QuotedPosts(int count) => $"引用了 {count} 則貼文";
    public override string ModelsOwnWords => "模型自己的話";
    public override string TinyModelsOwnWords => "極小模型自己的話";
    public override string OwnWordsNote => "並非事實：它只是接上貼文裡常見的下文。";
    public override string ModelThinks => "模型正在讀題…";
    public override string TooLongForModel => "這個問題太長，超出它的上下文長度。";
    public override string ModelBusyNow => "它正忙著回答別人，請過幾秒再問一次。";
    public override string ModelSilent => "模型沒有回應：";
    public override string Declined => "不代成員發言";

    public override string PersonaRefused => PersonaGuard.Chinese;
    public override string BrokenOff => "回答中斷，沒有留下內容。";
    public override string ConversationFull => "這個對話已達長度上限，請開始新對話。";
    public override string QuestionFull(int most) => $"最多 {Number(most)} 個字元，後面的部分沒有放入。";
    public override string QuestionTooLong(int length, int most) => $"這個問題有 {Number(length)} 個字元，最多 {Number(most)} 個。";
    public override string AskFailed => "無法回答這個問題：";
    public override string Copy => "複製";
    public override string Copied => "已複製";
    public override string AskAgain => "再問一次";
    public override string SearchTook(double ms) => $"{Decimal(ms, ms < 10 ? 1 : 0)} 毫秒";
    public override string ModelTook(long tokens, double perSecond) => $"{Number(tokens)} 個詞元，每秒 {Decimal(perSecond, 0)} 個";

    // Search
    public override string SearchThePosts => "搜尋貼文";
    public override string SearchPlaceholder => "字詞、\"片語\"、from:作者、since:2025-01-01…";
    public override string SearchHelp => "搜尋語法";
    public override string SearchWelcome => "找到大家寫過的話";
    public override string SearchWelcomeHelp => "輸入幾個字，中英文皆可。隨時按 / 回到搜尋框。";
    public override string NoHits => "沒有符合的貼文";
    public override string NoHitsHelp => "試試較少或不同的字詞，或移除篩選條件。";
    public override string NoIndex => "還沒有可以搜尋的內容";
    public override string NoIndexHelp => "執行 ./syrinx quickstart，或只執行 ./syrinx index，就會建立索引。";
    public override string SearchFailedHelp => "無法讀取索引，請執行 ./syrinx index 重新建立；伺服器的紀錄檔寫有原因。";
    public override string SearchFailed => "搜尋失敗";
    public override string HitsCount(int total, double ms) => $"{Number(total)} 則貼文 · {Decimal(ms, ms < 10 ? 1 : 0)} 毫秒";
    public override string Relaxed => "沒有貼文包含所有字詞，以下是最接近的結果。";
    public override string QueryShortened => "查詢過長，後段已略過。";
    public override string Filters => "篩選";
    public override string From => "起始日期";
    public override string Until => "結束日期";
    public override string Author => "作者";
    public override string Community => "社群";
    public override string LanguageFilter => "語言";
    public override string Any => "不限";
    public override string ClearFilters => "清除篩選";
    public override string RemoveFilter(string what) => $"移除篩選：{what}";
    public override string HitsPerMonth => "每月貼文數；點選月份只看該月";
    public override string OrderBy => "排序";
    public override string BestFirst => "最相關";
    public override string NewestFirst => "最新";
    public override string MoreHits => "更多";
    public override string Likes(long n) => $"{Number(n)} 個讚";
    public override string Replies(long n) => $"{Number(n)} 則回覆";
    public override string Results => "搜尋結果";
    public override string Demoted => "疑似機器發文或重複";
    public override IReadOnlyList<(string Typed, string Means)> OperatorHelp { get; } =
    [
        ("兩個 字詞", "同時包含"),
        ("\"完整片語\"", "一字不差"),
        ("貓 OR 狗", "其中之一"),
        ("-字詞", "不含這個字詞"),
        ("#標籤  @名稱", "標籤、提及"),
        ("from:名稱  to:名稱", "作者；回覆對象"),
        ("since:2025-01-01  until:2025-02-01", "這天起；這天之前"),
        ("board:Food  title:字詞", "看板；標題"),
        ("lang:en  lang:zh", "語言"),
        ("min_faves:10  filter:links", "至少幾個讚；含連結"),
    ];

    public override string Language(string tag) => tag switch
    {
        "en" => "英文",
        "zh-Hant" => "繁體中文",
        "zh-Hans" => "簡體中文",
        "zh" => "中文",
        "yue" => "粵語",
        "ja" => "日文",
        "ko" => "韓文",
        "es" => "西班牙文",
        "pt" => "葡萄牙文",
        "fr" => "法文",
        "de" => "德文",
        "it" => "義大利文",
        "nl" => "荷蘭文",
        "id" => "印尼文",
        "vi" => "越南文",
        "th" => "泰文",
        "tl" => "塔加洛文",
        "ru" => "俄文",
        "uk" => "烏克蘭文",
        "ar" => "阿拉伯文",
        "tr" => "土耳其文",
        "pl" => "波蘭文",
        "hi" => "印地文",
        "und" => "無法判斷",
        _ => tag,
    };

    public override string DropReason(string reason) => reason switch
    {
        "opted_out" => "作者選擇退出",
        "author_not_active" => "帳號停權或不公開",
        "training_not_allowed" => "僅供搜尋",
        "repost" => "轉貼",
        "empty" => "沒有文字",
        "adult" => "成人內容",
        "toxic" => "辱罵內容",
        "campaign" => "洗版活動",
        "bot" => "自動帳號",
        "spam" => "垃圾訊息",
        "minor_language" => "少見語言",
        "exact_duplicate" => "完全重複",
        "near_duplicate" => "近似重複",
        "author_cap" => "單一作者過多",
        "mix" => "此類已達配比",
        "too_short" => "太短",
        "repetitive" => "內容重複",
        "mostly_symbols" => "多為符號",
        _ => reason.Replace('_', ' '),
    };
}
