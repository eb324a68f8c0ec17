namespace Syrinx.Server.Text;

internal sealed partial class ChineseText
{
    // The page
    public override string Ads => "廣告";
    public override string AdsTitle => "有憑有據的廣告文案";
    public override string AdsLead => "每個宣稱都對應到您提供的事實，每段文字都在字數上限之內，也都對照過廣告政策。";
    public override string WriteAdsFor(string product) => $"替{product}寫廣告";
    public override string AdFormat => "版位格式";
    public override string WriteOthers => "換一批";
    public override string DownloadCsv => "下載 CSV，未通過檢查的不會匯出";
    public override string AdsWritten(int count) => $"{count} 則廣告";
    public override string AdsRefused(int count) => $"{count} 則未通過";
    public override string Refused => "未通過";
    public override string WritingAds => "撰寫中…";
    public override string StartWithExample => "從範例開始";
    public override string StartWithExampleHelp => "這些店家開在虛構的翠河鎮。您也可以自己填：有產品和一項事實就夠了。";
    public override string NoAdPasses => "沒有一則廣告通過檢查";
    public override string DroppedDrafts(int count) => $"淘汰了 {Number(count)} 則草稿";
    public override string DroppedDraftsNote => "只有通過所有檢查的文案才會顯示。";
    public override string AdsFailed => "無法撰寫廣告";

    // The brief
    public override string Brief => "廣告需求";
    public override string ChooseExample => "範例…";
    public override string YourOwnBrief => "自己填寫";
    public override string Product => "產品";
    public override string AdUrl => "廣告連結";
    public override string AdUrlPlaceholder => "https://…（選填）";
    public override string AdAudience => "給誰看";
    public override string AdLanguageLabel => "文案語言";
    public override string Facts => "事實，一行一項";
    public override string FactsPlaceholder => "手沖140元\n9點到6點營業";
    public override string FactsHelp => "文案只能宣稱這些";
    public override string Keywords => "關鍵字";
    public override string BetweenCommas => "以逗號分隔";
    public override string AdTone => "語氣";
    public override string CallToAction => "行動呼籲";
    public override string BannedWords => "禁用詞";
    public override string AdCategory => "類別";
    public override string MoreWishes => "其他要求";
    public override string BriefIncomplete => "填入產品和至少一項事實，廣告就會自動出現。";
    public override string BriefBroken => "請先修正標紅的欄位，廣告就會出現。";
    public override string BriefBrokenSince => "請先修正標紅的欄位。以下仍是修改前的廣告。";
    public override string BriefRefused => "這份需求無法使用：";
    public override string UrlMustBeWeb => "這裡要填網址：https://…";
    public override string TooManyLines(int count, int most) => $"共 {Number(count)} 項，最多 {most} 項。";
    public override string LineTooLong(int line, int length, int most) => $"第 {line} 項有 {Number(length)} 個字元，最多 {most} 個。";
    public override string BriefItem(int number, string problem) => $"第 {number} 項：{problem}";

    // One ad
    public override string AiMade => "AI 生成";
    public override string AdNumber(int number) => $"第 {number} 則";
    public override string AdLabel => "廣告";
    public override string Sponsored => "贊助";
    public override string YourPicture => "您的圖片";
    public override string FactOfBrief => "您提供的事實";
    public override string LengthUsed(int used, int limit) => $"已用 {used}，上限 {limit}";
    public override string EditAd => "編輯";
    public override string EditAdLabel(int number) => $"編輯第 {number} 則";
    public override string DoneEditing => "完成";
    public override string UndoEdits => "還原";
    public override string EditedByYou => "您已修改";
    public override string OneMore => "再加一則…";
    public override string AnotherCombination => "換個組合";
    public override string CombinationNote => "Google 可能顯示的組合之一";
    public override string PolicyRules => "政策怎麼說";
    public override string Score => "分數";
    public override string ScoreNote => "文案善用需求內容的程度，與點擊率無關。";
    public override string ScoreRoom => "善用字數";
    public override string ScoreFacts => "提到的事實";
    public override string ScoreKeywords => "用到的關鍵字";
    public override string ScoreDifference => "與其他文案的差異";

    // The model's part
    public override string ModelDrafts(string name) => $"模型「{name}」也在打草稿…";
    public override string NoModelDrafts => "目前沒有模型：廣告是依規則由您的事實組成的。";
    public override string TinyModelDrafts(string name, long parameters) =>
        $"「{name}」是只有 {Compact(parameters)}個參數的極小示範模型，還寫不出像樣的廣告。";
    public override string ModelDraftsRefused(int passed, int drafts) =>
        $"它的 {drafts} 則草稿中有 {passed} 則通過所有檢查，太少了，因此一則也沒有採用；這些廣告是依規則由您的事實組成的。";
    public override string ModelDraftsUsed(string name, int passed, int drafts) =>
        $"「{name}」的 {drafts} 則草稿中有 {passed} 則通過所有檢查，收在這些廣告裡。";
    public override string ModelHasNoRoom(int tokens) => $"它的上下文只有 {Number(tokens)} 個詞元，放不下需求和廣告；這些廣告是依規則由您的事實組成的。";
    public override string ModelBusy => "模型正忙，這次沒有它的草稿。";
    public override string ModelsAdsReady => "模型的草稿通過檢查了。";
    public override string ShowModelsAds => "顯示";

    public override string AdAngle(string angle) => angle switch
    {
        "price" => "價格",
        "benefit" => "好處",
        "urgency" => "把握時機",
        "proof" => "有憑有據",
        "question" => "提問",
        _ => angle.Replace('_', ' '),
    };

    public override string AdRule(string rule) => rule switch
    {
        "too_long" => "超過字數",
        "too_few" => "內容不足",
        "too_many" => "數量過多",
        "invalid_character" => "字元不符",
        "duplicate" => "內容重複",
        "unsupported_claim" => "沒有事實佐證",
        "banned_word" => "禁用詞",
        "policy" => "違反政策",
        "too_similar" => "與其他文案太相似",
        _ => rule.Replace('_', ' '),
    };

    public override string AdPolicyVerdict(string verdict) => verdict switch
    {
        "allowed" => "符合政策",
        "restricted" => "有條件允許",
        "prohibited" => "政策禁止",
        _ => verdict.Replace('_', ' '),
    };
}
