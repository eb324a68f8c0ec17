using System.Text;

namespace Syrinx.Tests.Models;

/// <summary>Writes GGUF files without tensors, from the published layout.</summary>
internal static class GgufFile
{
    public static byte[] Write(IEnumerable<(string Key, object Value)> metadata, int version = 3)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var entries = metadata.ToList();
        writer.Write("GGUF"u8);
        writer.Write(version);
        writer.Write(0L);
        writer.Write((long)entries.Count);
        foreach (var (key, value) in entries)
        {
            Text(writer, key);
            writer.Write(TypeOf(value));
            Value(writer, value);
        }
        return stream.ToArray();
    }

    private static int TypeOf(object value) => value switch
    {
        byte => 0,
        sbyte => 1,
        ushort => 2,
        short => 3,
        uint => 4,
        int => 5,
        float => 6,
        bool => 7,
        string => 8,
        Array => 9,
        ulong => 10,
        long => 11,
        double => 12,
        _ => throw new ArgumentException($"{value.GetType()} is not of GGUF", nameof(value)),
    };

    private static void Value(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case byte v: writer.Write(v); break;
            case sbyte v: writer.Write(v); break;
            case ushort v: writer.Write(v); break;
            case short v: writer.Write(v); break;
            case uint v: writer.Write(v); break;
            case int v: writer.Write(v); break;
            case float v: writer.Write(v); break;
            case bool v: writer.Write(v); break;
            case string v: Text(writer, v); break;
            case ulong v: writer.Write(v); break;
            case long v: writer.Write(v); break;
            case double v: writer.Write(v); break;
            case Array array:
                writer.Write(array.Length == 0 ? 5 : TypeOf(array.GetValue(0)!));
                writer.Write((long)array.Length);
                foreach (object element in array)
                    Value(writer, element);
                break;
        }
    }

    private static void Text(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }
}
