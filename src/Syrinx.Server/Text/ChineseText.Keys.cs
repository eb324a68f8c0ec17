namespace Syrinx.Server.Text;

internal sealed partial class ChineseText
{
    public override string UnlockTitle => "請輸入金鑰";
    public override string UnlockLead => "這個 Syrinx 只回應持有金鑰的人。金鑰由管理者發給您；輸入後，這個瀏覽器會記住 30 天。";
    public override string UnlockKey => "金鑰";
    public override string UnlockButton => "解鎖";
    public override string UnlockWrong => "金鑰無效：可能輸入有誤，或已被撤銷。";
    public override string Keys => "金鑰";
    public override string KeysLead => "誰可以從別處或透過 API 使用這台伺服器，以及可以用多少。只要有一把金鑰，API 就會要求出示。";
    public override string KeysElsewhere => "金鑰要在執行 Syrinx 的那台機器上建立";
    public override string KeysElsewhereHelp => "請在那台機器上開啟本頁，或使用指令：syrinx keys add 名稱。";
    public override string KeysNone => "還沒有金鑰：只服務這台機器。";
    public override string KeyName => "持有者";
    public override string KeyNameMissing => "請填寫這把金鑰是誰的。";
    public override string KeyNameTaken(string name) => $"「{name}」已有金鑰。請換個名稱，或先撤銷那把金鑰。";
    public override string KeyPriorityLabel => "排隊時";
    public override IReadOnlyList<string> KeyPriorities { get; } = ["最後", "依序", "優先"];
    public override string KeyRequestsPerMinute => "每分鐘請求數";
    public override string KeyRequestsPerDay => "每日請求數";
    public override string KeyTokensPerMinute => "每分鐘詞元數";
    public override string KeyTokensPerDay => "每日詞元數";
    public override string KeyNoLimit => "不限";
    public override string KeyMake => "建立金鑰";
    public override string KeyMade(string name) => $"「{name}」的金鑰";
    public override string KeyOnce => "只會顯示這一次。請立即複製，並以安全的方式交給對方。";
    public override string KeyRevoke => "撤銷";
    public override string KeyRevokeSure(string name) => $"要撤銷「{name}」的金鑰嗎？使用它的程式會立刻被拒絕。";
    public override string KeyRevoked => "已撤銷";
    public override string KeyMadeOn(string date) => $"建立於 {date}";
    public override string KeyToday(long requests, long tokens) => $"今日 {Number(requests)} 次請求、{Number(tokens)} 個詞元";
    public override string KeyDaysLabel(string name) => $"「{name}」近 30 天的詞元數";
}
