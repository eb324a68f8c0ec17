using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Syrinx.Data.Corpus;

/// <summary>
/// Whose words each corpus had: <c>lineage/CORPUS.authors</c>, sorted 64-bit hashes of author ids (HMAC-SHA256, cut) under the key in
/// <c>lineage/key</c>. They outlive the corpus, because the models that were trained on it do. Who has the home folder can test an id
/// they know; nobody can read an id out of it.
/// </summary>
public sealed class SeenAuthors
{
    private readonly string _folder;
    private readonly byte[] _key;

    private SeenAuthors(string folder, byte[] key) => (_folder, _key) = (folder, key);

    /// <summary>Opens the hashes of a home folder; the first time, a key is made.</summary>
    /// <exception cref="InputException">The folder cannot be written to, or the key is damaged.</exception>
    public static SeenAuthors Open(HomeFolder home)
    {
        string path = Path.Combine(home.Lineage, "key");
        if (!File.Exists(path))
        {
            AtomicFile.WriteText(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        string hex = File.ReadAllText(path).Trim();
        if (hex.Length != 64 || !hex.All(char.IsAsciiHexDigit))
            throw new InputException($"{path} should be 64 hex digits. Restore the file; without it nobody knows whose words a model has seen.");
        return new(home.Lineage, Convert.FromHexString(hex));
    }

    /// <summary>Remembers whose words a corpus has.</summary>
    /// <param name="corpus">The corpus' name.</param>
    /// <param name="authors">Ids of its authors.</param>
    public void Record(string corpus, IEnumerable<string> authors)
    {
        ulong[] hashes = [.. authors.Select(Hash).Distinct().Order()];
        AtomicFile.Write(PathOf(corpus), stream => stream.Write(MemoryMarshal.AsBytes<ulong>(hashes)));
    }

    /// <summary>Whether a corpus had an author's words; null where nothing is known of the corpus.</summary>
    public bool? Saw(string corpus, string author)
    {
        if (!File.Exists(PathOf(corpus)))
            return null;
        byte[] bytes = File.ReadAllBytes(PathOf(corpus));
        return MemoryMarshal.Cast<byte, ulong>(bytes).BinarySearch(Hash(author)) >= 0;
    }

    /// <summary>How an author is named in reports: 16 hex digits.</summary>
    public string NameOf(string author) => Hash(author).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    private ulong Hash(string author)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(author.ToLowerInvariant()), mac);
        return BinaryPrimitives.ReadUInt64LittleEndian(mac);
    }

    private string PathOf(string corpus) => Path.Combine(_folder, corpus + ".authors");
}
