using Callback.Accounts;

namespace Callback.Tests.Accounts;

public sealed class PasswordPolicyTests
{
    private static readonly string[] ShopWords = ["teahouse", "茶香小铺"];

    [Theory]
    [InlineData("Kx9vR2mQz7T", true, "password-short")]
    [InlineData("Kx9vR2mQz7Tb", true, null)]
    [InlineData("Kx9vR2mQz7Tb", false, "password-short")]
    [InlineData("Kx9vR2mQz7TbWp", false, "password-short")]
    [InlineData("Kx9vR2mQz7TbWpy", false, null)]
    public void Length_asked_for_depends_on_the_second_factor_ASVS_6_2_1(string password, bool secondFactor, string? problem) =>
        Assert.Equal(problem, ProblemOf(password, secondFactor));

    [Fact]
    public void Length_is_counted_in_characters_and_128_are_accepted_ASVS_6_2_9()
    {
        var emoji = string.Concat(Enumerable.Range(0, 12).Select(i => char.ConvertFromUtf32(0x1F600 + i)));
        Assert.Equal("password-short", ProblemOf(emoji[..22]));
        var longest = string.Concat(Enumerable.Range(0, 128).Select(i => (char)(0x4E00 + (i * 7))));
        Assert.Null(ProblemOf(longest));
        Assert.Equal("password-long", ProblemOf(longest + "x"));
    }

    [Theory]
    [InlineData("vlugaro tinbesk")]
    [InlineData("江南烟雨遮不住离人泪眼望断")]
    [InlineData("no upper case or digit in zephyrs")]
    [InlineData("orange guitar whisky falcon")]
    public void Neither_composition_nor_alphabet_is_prescribed_ASVS_6_2_5(string password) => Assert.Null(ProblemOf(password));

    [Theory]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2024!!")]
    [InlineData("aaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("123456789012345")]
    [InlineData("qwertyuiopasdfgh")]
    [InlineData("1qaz2wsx3edc4rfv")]
    [InlineData("iloveyou5201314")]
    [InlineData("woaini1314520woaini")]
    [InlineData("letmein letmein!")]
    [InlineData("Welcome2025!!!!")]
    [InlineData("correct horse battery staple")]
    [InlineData("zhangwei19880808")]
    public void Common_passwords_are_refused_ASVS_6_2_4(string password) => Assert.Equal("password-common", ProblemOf(password));

    [Theory]
    [InlineData("teahouse2026!!")]
    [InlineData("TeaHouse teahouse")]
    [InlineData("茶香小铺茶香小铺12345")]
    [InlineData("anna.li anna.li")]
    public void Passwords_made_of_shop_and_user_are_refused_ASVS_6_2_11(string password) => Assert.Equal("password-common", ProblemOf(password));

    private static string? ProblemOf(string password, bool secondFactor = true) =>
        PasswordPolicy.ProblemOf(password, new("anna.li", ShopWords, secondFactor))?.Code;
}
