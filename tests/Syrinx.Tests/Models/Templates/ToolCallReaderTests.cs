using Syrinx.Models;
using Syrinx.Models.Templates;

namespace Syrinx.Tests.Models.Templates;

public class ToolCallReaderTests
{
    [Theory]
    [InlineData(ToolCallFormat.Hermes, "Let me see.\n<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_call>\n<tool_call>{\"name\":\"g\",\"arguments\":{}}</tool_call>\n", "Let me see.", "f{\"a\":1} g{}")]
    [InlineData(ToolCallFormat.Hermes, "a <tool_cat> <b", "a <tool_cat> <b", "")]
    [InlineData(ToolCallFormat.Hermes, "<tool_call>{\"name\": \"f\"}</tool_call>x", "<tool_call>{\"name\": \"f\"}</tool_call>x", "")]
    [InlineData(ToolCallFormat.Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"台\"}}", "", "f{\"a\":\"台\"}")]
    [InlineData(ToolCallFormat.Hermes, "<tool_call>{\"name\": \"f\", \"argum", "<tool_call>{\"name\": \"f\", \"argum", "")]
    [InlineData(ToolCallFormat.Llama, " {\"name\": \"f\", \"parameters\": {\"a\": []}}", "", "f{\"a\":[]}")]
    [InlineData(ToolCallFormat.Llama, "{\"x\": 1}", "{\"x\": 1}", "")]
    [InlineData(ToolCallFormat.Llama, "No {\"name\": \"f\", \"parameters\": {}}", "No {\"name\": \"f\", \"parameters\": {}}", "")]
    [InlineData(ToolCallFormat.Mistral, "[TOOL_CALLS] [{\"name\": \"f\", \"arguments\": {}}, {\"name\": \"g\", \"arguments\": {}}]", "", "f{} g{}")]
    [InlineData(ToolCallFormat.Mistral, "[1] says so", "[1] says so", "")]
    public void Calls_are_found_however_the_answer_is_cut(ToolCallFormat format, string answer, string text, string calls)
    {
        for (int size = 1; size <= answer.Length; size++)
        {
            var reader = new ToolCallReader(format);
            string written = string.Concat(answer.Chunk(size).Select(piece => reader.Append(new(piece)))) + reader.Flush();
            Assert.Equal(text, written);
            Assert.Equal(calls, string.Join(' ', reader.Calls.Select(c => c.Name + c.Arguments)));
        }
    }

    [Fact]
    public void Plain_text_is_not_held_back()
    {
        var reader = new ToolCallReader(ToolCallFormat.Hermes);
        Assert.Equal("hello", reader.Append("hello"));
        Assert.Equal("", reader.Append("<tool"));
        Assert.Equal("<toolbox", reader.Append("box"));
        Assert.Equal("so", new ToolCallReader(ToolCallFormat.Llama).Append("so"));
    }
}
