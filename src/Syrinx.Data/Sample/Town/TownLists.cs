namespace Syrinx.Data.Sample.Town;

/// <summary>
/// Lists of <c>people.txt</c> (<c>[name]</c> and an item a line) and the town's characters of <c>characters.txt</c>.
/// </summary>
internal static class TownLists
{
    private static readonly Dictionary<string, string[]> People = Read();

    /// <summary>Accounts with a hand-written voice.</summary>
    public static IReadOnlyList<Character> Characters { get; } =
        [.. TownFiles.Lines("characters.txt").Where(l => l.Length > 0).Select(Character.Parse)];

    public static string[] List(string name) => People[name];

    private static Dictionary<string, string[]> Read()
    {
        var lists = new Dictionary<string, List<string>>();
        List<string>? list = null;
        foreach (string line in TownFiles.Lines("people.txt").Where(l => l.Length > 0))
        {
            if (line[0] == '[')
                lists[line.Trim('[', ']')] = list = [];
            else
                list!.Add(line);
        }
        return lists.ToDictionary(l => l.Key, l => l.Value.ToArray());
    }
}

/// <summary>
/// A row of <c>characters.txt</c>: <c>handle | name | language | followers | topics | client | description</c>.
/// </summary>
internal sealed record Character(string Handle, string Name, string Language, int Followers, string[] Topics, string Client,
    string Bio)
{
    public static Character Parse(string line)
    {
        string[] cells = line.Split(" | ");
        return new(cells[0], cells[1], cells[2], int.Parse(cells[3], System.Globalization.CultureInfo.InvariantCulture),
            cells[4].Split(' '), cells[5], cells[6]);
    }
}
