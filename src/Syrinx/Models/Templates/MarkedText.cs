using System.Text;

namespace Syrinx.Models.Templates;

/// <summary>
/// A string that knows of each character whether the template wrote it or somebody's message, so that only the template's own
/// marks become special tokens. Immutable.
/// </summary>
internal sealed class MarkedText
{
    /// <summary>The marks: null where the template wrote all of it; else per character whether it did.</summary>
    private readonly string? _marks;

    private const char Own = 't', Foreign = 'u';

    private MarkedText(string value, string? marks) => (Value, _marks) = (value, marks);

    public static MarkedText Empty { get; } = new("", null);

    /// <summary>The characters.</summary>
    public string Value { get; }

    public int Length => Value.Length;

    /// <summary>A text of the template's.</summary>
    public static MarkedText OfTemplate(string value) => new(value, null);

    /// <summary>A text from outside.</summary>
    public static MarkedText OfInput(string value) => new(value, value.Length == 0 ? null : new string(Foreign, value.Length));

    /// <summary>A text that was made of this one and belongs to whom this one belongs: outside, if any of it does.</summary>
    public MarkedText Made(string value) => IsOwn ? OfTemplate(value) : OfInput(value);

    /// <summary>Whether the template wrote all of it.</summary>
    public bool IsOwn => _marks is null;

    /// <summary>Whether the template wrote these characters.</summary>
    public bool OwnAt(int start, int length) => _marks is null || !_marks.AsSpan(start, length).Contains(Foreign);

    public MarkedText Slice(int start, int length) =>
        start == 0 && length == Length ? this : new(Value.Substring(start, length), _marks?.Substring(start, length));

    /// <summary>The same marks with other characters, as many.</summary>
    public MarkedText WithCase(string value) => value.Length == Length ? new(value, _marks) : Made(value);

    public static MarkedText operator +(MarkedText a, MarkedText b) => a.Length == 0 ? b : b.Length == 0 ? a
        : new(a.Value + b.Value, a.IsOwn && b.IsOwn ? null : a.Marks + b.Marks);

    public MarkedText Trim(bool start, bool end, string? characters = null)
    {
        bool Cut(char c) => characters is null ? char.IsWhiteSpace(c) : characters.Contains(c);
        int from = 0, to = Length;
        while (start && from < to && Cut(Value[from]))
            from++;
        while (end && to > from && Cut(Value[to - 1]))
            to--;
        return Slice(from, to - from);
    }

    public MarkedText Replace(string old, MarkedText with, int most)
    {
        var result = new Builder();
        int at = 0;
        for (int found; most != 0 && old.Length > 0 && (found = Value.IndexOf(old, at, StringComparison.Ordinal)) >= 0; most--)
        {
            result.Add(Slice(at, found - at));
            result.Add(with);
            at = found + old.Length;
        }
        result.Add(Slice(at, Length - at));
        return result.ToText();
    }

    /// <summary>Python's <c>split</c>: at whitespace where <paramref name="separator"/> is null.</summary>
    public List<object?> Split(string? separator, int most)
    {
        var parts = new List<object?>();
        int at = 0;
        if (separator is null)
        {
            while (true)
            {
                while (at < Length && char.IsWhiteSpace(Value[at]))
                    at++;
                if (at == Length)
                    return parts;
                int end = at;
                while (end < Length && !char.IsWhiteSpace(Value[end]))
                    end++;
                if (most == parts.Count)
                    end = Trim(false, true).Length;
                parts.Add(Slice(at, end - at));
                at = end;
            }
        }
        for (int found; parts.Count != most && (found = Value.IndexOf(separator, at, StringComparison.Ordinal)) >= 0;)
        {
            parts.Add(Slice(at, found - at));
            at = found + separator.Length;
        }
        parts.Add(Slice(at, Length - at));
        return parts;
    }

    private string Marks => _marks ?? new string(Own, Length);

    public override string ToString() => Value;

    /// <summary>Puts texts together.</summary>
    internal sealed class Builder
    {
        private readonly StringBuilder _value = new(), _marks = new();
        private bool _foreign;

        public int Length => _value.Length;

        public void Add(MarkedText text)
        {
            _value.Append(text.Value);
            if (!_foreign && !text.IsOwn)
            {
                _foreign = true;
                _marks.Append(Own, _value.Length - text.Length);
            }
            if (_foreign)
                _marks.Append(text._marks ?? new string(Own, text.Length));
        }

        public MarkedText ToText() => new(_value.ToString(), _foreign ? _marks.ToString() : null);
    }
}
