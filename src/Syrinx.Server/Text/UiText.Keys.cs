// The words of keys; their meaning is what EnglishText.Keys says.
namespace Syrinx.Server.Text;

public abstract partial class UiText
{
    public abstract string UnlockTitle { get; }
    public abstract string UnlockLead { get; }
    public abstract string UnlockKey { get; }
    public abstract string UnlockButton { get; }
    public abstract string UnlockWrong { get; }
    public abstract string Keys { get; }
    public abstract string KeysLead { get; }
    public abstract string KeysElsewhere { get; }
    public abstract string KeysElsewhereHelp { get; }
    public abstract string KeysNone { get; }
    public abstract string KeyName { get; }
    public abstract string KeyNameMissing { get; }
    public abstract string KeyNameTaken(string name);
    public abstract string KeyPriorityLabel { get; }
    public abstract IReadOnlyList<string> KeyPriorities { get; }
    public abstract string KeyRequestsPerMinute { get; }
    public abstract string KeyRequestsPerDay { get; }
    public abstract string KeyTokensPerMinute { get; }
    public abstract string KeyTokensPerDay { get; }
    public abstract string KeyNoLimit { get; }
    public abstract string KeyMake { get; }
    public abstract string KeyMade(string name);
    public abstract string KeyOnce { get; }
    public abstract string KeyRevoke { get; }
    public abstract string KeyRevokeSure(string name);
    public abstract string KeyRevoked { get; }
    public abstract string KeyMadeOn(string date);
    public abstract string KeyToday(long requests, long tokens);
    public abstract string KeyDaysLabel(string name);
}
