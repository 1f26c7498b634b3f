using Callback.Web.Components.Help;
using Callback.Web.Localization;

namespace Callback.Web.Tests.Components.Shared;

public sealed class HelpBookTests
{
    private static readonly HelpBook Book = new();

    [Fact]
    public void Manual_has_the_same_pages_in_both_languages()
    {
        Assert.NotEmpty(Book.Pages(Language.English));
        Assert.Equal(Book.Pages(Language.English).Select(page => page.Name), Book.Pages(Language.Chinese).Select(page => page.Name));
        Assert.All(Language.All.SelectMany(Book.Pages), page => Assert.NotEqual("", page.Title));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("desk")]
    [InlineData("call-log")]
    public void Page_is_found_by_its_name_without_the_number_that_orders_it(string name) => Assert.NotNull(Book.Find(Language.Chinese, name));

    [Fact]
    public void Page_that_is_not_there_is_not_found() => Assert.Null(Book.Find(Language.English, "../start"));
}
