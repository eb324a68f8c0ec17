using System.Globalization;

namespace Syrinx.Data.Sample.World;

/// <summary>Personal data that belongs to nobody, in the shapes that real data has; each item is made once.</summary>
internal sealed class PersonalData(SampleRandom random)
{
    private static readonly string[] MailHosts = ["example.com", "example.org", "example.net", "mail.example", "cuihe.example"];
    private readonly HashSet<string> _made = [];

    /// <summary>A mailbox at a domain that cannot exist (RFC 2606).</summary>
    public string Email(string name) =>
        Once(() => $"{name.ToLowerInvariant()}{random.Between(10, 9999)}@{random.Pick(MailHosts)}");

    /// <summary>A Taiwanese mobile number in one of the ways that people write them.</summary>
    public string Phone() => Once(() =>
    {
        string a = $"09{random.Below(100):00}", b = $"{random.Below(1000):000}", c = $"{random.Below(1000):000}";
        return random.Below(4) switch
        {
            0 => $"{a}-{b}-{c}",
            1 => $"{a}{b}{c}",
            2 => $"{a} {b} {c}",
            _ => $"+886 {a[1..]} {b} {c}",
        };
    });

    /// <summary>
    /// A Taiwanese identity number with a right check digit (letter's number, weights 1 9 8 … 1 1, sum divisible by 10).
    /// </summary>
    public string TaiwanId() => Once(() =>
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVXYWZIO"; // A is 10, B is 11, …, O is 35
        int letter = random.Below(letters.Length);
        int number = letter + 10;
        int[] digits = [random.Between(1, 2), .. Enumerable.Range(0, 7).Select(_ => random.Below(10))];
        int sum = number / 10 + number % 10 * 9 + digits.Select((d, i) => d * (8 - i)).Sum();
        return $"{letters[letter]}{string.Concat(digits)}{(10 - sum % 10) % 10}";
    });

    /// <summary>A card number that passes Luhn's check, in a range that card networks keep for tests (4000 00…).</summary>
    public string Card() => Once(() =>
    {
        string body = "400000" + string.Concat(Enumerable.Range(0, 9).Select(_ => (char)('0' + random.Below(10))));
        int sum = 0;
        for (int i = 0; i < body.Length; i++)
        {
            int d = body[i] - '0';
            if (i % 2 == 0)
                d = d * 2 > 9 ? d * 2 - 9 : d * 2;
            sum += d;
        }
        string all = body + ((10 - sum % 10) % 10).ToString(CultureInfo.InvariantCulture);
        return random.Chance(0.6) ? string.Join(random.Chance(0.5) ? ' ' : '-', all.Chunk(4).Select(c => new string(c))) : all;
    });

    /// <summary>A mark that stands in one text only: <c>Q7M-4182</c>, a ticket, a locker, a receipt.</summary>
    public string Code() => Once(() =>
    {
        const string letters = "BCDFGHJKLMNPQRSTVWXZ";
        return $"{letters[random.Below(20)]}{random.Below(10)}{letters[random.Below(20)]}-{random.Below(10_000):0000}";
    });

    private string Once(Func<string> make)
    {
        string made;
        do
            made = make();
        while (!_made.Add(made));
        return made;
    }
}
