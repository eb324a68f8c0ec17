using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Syrinx.Data.Posts.Import;

/// <summary>
/// A file that remembers names without holding them: HMAC-SHA256 (RFC 2104), cut to 128 bits, under a random key of its
/// own, each with a label. One line a name, sorted, behind a line with the key. Looking up is safe from several threads, changing is not.
/// </summary>
internal sealed class KeyedHashes
{
    private readonly string _path;
    private readonly byte[] _key;
    private readonly Dictionary<UInt128, string> _labels = [];
    private bool _changed;

    // Preparing a key costs as much as hashing a name: it is done once a thread.
    private readonly ThreadLocal<IncrementalHash> _keyed;

    private KeyedHashes(string path, byte[] key)
    {
        (_path, _key) = (path, key);
        _keyed = new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));
    }

    public int Count => _labels.Count;

    /// <summary>Changes when the file's content does.</summary>
    public string Fingerprint
    {
        get
        {
            UInt128 sum = 0;
            foreach (var (hash, label) in _labels)
                sum += PostBinary.Hash(Encoding.UTF8.GetBytes(Line(hash, label)));
            return string.Create(CultureInfo.InvariantCulture, $"{_labels.Count}:{sum:x32}");
        }
    }

    /// <summary>
    /// Reads the file; where there is none yet, starts an empty one with a new key, written by <see cref="Save"/>.
    /// </summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static KeyedHashes Load(string path)
    {
        if (!File.Exists(path))
            return new(path, RandomNumberGenerator.GetBytes(32));
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || !lines[0].StartsWith("key ", StringComparison.Ordinal) || lines[0].Length != 68)
        {
            throw new InputException($"{path}:1 should be 'key ' and 64 hex digits. Restore the file; without it nobody knows "
                + "who opted out.");
        }
        try
        {
            var hashes = new KeyedHashes(path, Convert.FromHexString(lines[0].AsSpan(4)));
            for (int i = 1; i < lines.Length; i++)
            {
                if (lines[i].Split(' ') is not [var hash, var label])
                    throw new FormatException($"line {i + 1}");
                hashes._labels[UInt128.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture)] = label;
            }
            return hashes;
        }
        catch (FormatException e)
        {
            throw new InputException($"{path} is damaged: {e.Message} is not a hash and a label.", e);
        }
    }

    /// <summary>The label of a name, or null where it is not remembered.</summary>
    public string? Find(string name) => _labels.Count == 0 ? null : _labels.GetValueOrDefault(Hash(name));

    /// <summary>Remembers a name. The first label stays.</summary>
    public void Add(string name, string label) => _changed |= _labels.TryAdd(Hash(name), label);

    /// <summary>Writes the file if something was added.</summary>
    public void Save()
    {
        if (!_changed)
            return;
        var text = new StringBuilder("key ").AppendLine(Convert.ToHexStringLower(_key));
        foreach (var (hash, label) in _labels.OrderBy(l => l.Key))
            text.AppendLine(Line(hash, label));
        AtomicFile.WriteText(_path, text.ToString());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _changed = false;
    }

    private static string Line(UInt128 hash, string label) => string.Create(CultureInfo.InvariantCulture, $"{hash:x32} {label}");

    private UInt128 Hash(string name)
    {
        Span<byte> mac = stackalloc byte[32];
        var keyed = _keyed.Value!;
        keyed.AppendData(Encoding.UTF8.GetBytes(name.ToLowerInvariant()));
        keyed.GetHashAndReset(mac);
        return BinaryPrimitives.ReadUInt128BigEndian(mac);
    }
}
