namespace Syrinx.Server.Text;

internal sealed partial class EnglishText
{
    public override string UnlockTitle => "Your key, please";
    public override string UnlockLead => "This Syrinx answers those who have a key. Whoever runs it gives you one; this browser then remembers it for 30 days.";
    public override string UnlockKey => "Key";
    public override string UnlockButton => "Unlock";
    public override string UnlockWrong => "That is not a good key: it may be mistyped, or revoked.";
    public override string Keys => "Keys";
    public override string KeysLead => "Who may use this server from elsewhere and through the API, and how much of it. As soon as there is a key, the API asks for one.";
    public override string KeysElsewhere => "Keys are made on the machine that Syrinx runs on";
    public override string KeysElsewhereHelp => "Open this page there, or use the command: syrinx keys add NAME.";
    public override string KeysNone => "No keys yet: only this machine is served.";
    public override string KeyName => "Whose key";
    public override string KeyNameMissing => "Write whose key it is.";
    public override string KeyNameTaken(string name) => $"{name} has a key already. Choose another name, or revoke that key first.";
    public override string KeyPriorityLabel => "When others wait";
    public override IReadOnlyList<string> KeyPriorities { get; } = ["last", "in turn", "first"];
    public override string KeyRequestsPerMinute => "Requests a minute";
    public override string KeyRequestsPerDay => "Requests a day";
    public override string KeyTokensPerMinute => "Tokens a minute";
    public override string KeyTokensPerDay => "Tokens a day";
    public override string KeyNoLimit => "no limit";
    public override string KeyMake => "Make a key";
    public override string KeyMade(string name) => $"The key of {name}";
    public override string KeyOnce => "It is shown this once. Copy it now and hand it over safely.";
    public override string KeyRevoke => "Revoke";
    public override string KeyRevokeSure(string name) => $"Revoke the key of {name}? Programs that use it are refused at once.";
    public override string KeyRevoked => "revoked";
    public override string KeyMadeOn(string date) => $"made {date}";
    public override string KeyToday(long requests, long tokens) => $"today {Number(requests)} requests, {Number(tokens)} tokens";
    public override string KeyDaysLabel(string name) => $"Tokens of {name} in the last 30 days";
}
