namespace Callback.Tests;

public sealed class NearestTests
{
    [Theory]
    [InlineData("windwos", "windows")]
    [InlineData("WINDOWS", "windows")]
    [InlineData("holiday", "holidays")]
    [InlineData("cap", "caps")]
    [InlineData("colour", null)]
    [InlineData("", null)]
    public void A_slip_is_recognised_and_another_word_is_not(string word, string? meant) =>
        Assert.Equal(meant, Nearest.Of(word, ["windows", "holidays", "caps", "recording"]));
}
