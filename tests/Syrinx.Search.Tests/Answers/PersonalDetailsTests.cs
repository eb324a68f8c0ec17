using Syrinx.Search.Answers;

namespace Syrinx.Search.Tests.Answers;

public class PersonalDetailsTests
{
    [Theory]
    [InlineData("write to lea.m@example.com")]
    [InlineData("lea (at) example.com")]
    [InlineData("call 0912-345-678")]
    [InlineData("電話０９１２３４５６７８")]
    [InlineData("+886 2 2345 6789")]
    [InlineData("(555) 010-4477 ask for Lea")]
    [InlineData("my id is A123456789")]
    [InlineData("card 4111 1111 1111 1111")]
    [InlineData("加我 LINE: lea_m")]
    public void Personal_data_is_found(string text)
    {
        Assert.True(PersonalDetails.AreIn(text));
    }

    [Theory]
    [InlineData("It opens at 9:30 and closes at 21:00.")]
    [InlineData("The repairs cost $1,200,000.")]
    [InlineData("Since 2024-03-15 the bus is number 27.")]
    [InlineData("@amy try the online shop")]
    [InlineData("一碗三十五元，買十送一")]
    public void Other_numbers_and_names_are_not(string text)
    {
        Assert.False(PersonalDetails.AreIn(text));
    }
}
