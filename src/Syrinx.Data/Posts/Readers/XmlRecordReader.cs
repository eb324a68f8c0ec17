using System.Globalization;
using System.Xml;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>What the readers of XML dumps share: an element a record, parsed alone, without DTD and without other files.</summary>
internal static class XmlRecordReader
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        ConformanceLevel = ConformanceLevel.Fragment,
        CheckCharacters = false, // control characters stand in dumps, and are taken out later
        CloseInput = true,
    };

    /// <summary>Cuts a file into elements and plans the work on each chunk.</summary>
    /// <param name="scope">Counts what is read.</param>
    /// <param name="file">The file.</param>
    /// <param name="name">The elements' name.</param>
    /// <param name="hasContent">See <see cref="TagRecords"/>.</param>
    /// <param name="content">See <see cref="TagRecords"/>.</param>
    /// <param name="record">Takes a reader that stands on the element, its source, where it lies, and the batch.</param>
    public static IEnumerable<Func<ReadBatch>> Plan(
        ImportScope scope, SourceFile file, string name, bool hasContent, string content, Action<XmlReader, string, RecordSpan, ReadBatch> record)
    {
        var stream = scope.Open(file);
        bool any = false;
        foreach (var chunk in TagRecords.Read(stream, name, hasContent, content))
        {
            any = true;
            yield return () =>
            {
                var batch = new ReadBatch();
                foreach (var span in chunk.Records)
                    Parse(chunk, span, file.Name, batch, record);
                chunk.Release();
                return batch;
            };
        }
        long length = stream.BytesRead;
        if (!any && length > 0)
        {
            yield return () =>
            {
                var batch = new ReadBatch();
                batch.Quarantine(file.Name, 0, length, $"no element <{name}>");
                return batch;
            };
        }
        scope.Close();
    }


    private static void Parse(
        RecordChunk chunk, RecordSpan span, string name, ReadBatch batch, Action<XmlReader, string, RecordSpan, ReadBatch> record)
    {
        string source = string.Create(CultureInfo.InvariantCulture, $"{name}#{span.Number}");
        string? problem = span.Problem;
        try
        {
            if (problem is null)
            {
                using var xml = XmlReader.Create(new MemoryStream(chunk.Bytes, span.Start, span.Length), Settings);
                xml.Read();
                record(xml, source, span, batch);
            }
        }
        catch (XmlException)
        {
            problem = "invalid_xml";
        }
        catch (BadUnicodeException)
        {
            problem = "bad_unicode";
        }
        if (problem is not null)
            batch.Quarantine(source, span.Offset, span.Length, problem);
    }
}
