using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Callback.Web.Tests.Support;

/// <summary>Looks at a screen as it stands: no fault of access by the light or the dark theme, and nothing wider than the two screens the product is made for.</summary>
internal static class Looks
{
    /// <summary>Colours that are still on their way to the other theme are none to judge.</summary>
    private const string Turn =
        """
        theme => {
          document.documentElement.dataset.bsTheme = theme;
          document.getAnimations().filter(move => move instanceof CSSTransition).forEach(move => move.finish());
        }
        """;

    public static readonly IReadOnlyList<(int Width, int Height)> Sizes = [(1280, 720), (1920, 1080)];

    public static async Task AtAsync(IPage page, string name, params string[] themes)
    {
        await AtEachSizeAsync(page, async size =>
        {
            await Browser.KeepAsync(page, $"{name}-{size.Width}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than {size.Width}.");
        });
        foreach (var theme in themes)
        {
            await page.EvaluateAsync(Turn, theme);
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{name}, {theme}:\n" + string.Join('\n', found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id} {node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"))));
        }
    }

    /// <summary>Asks the same at both sizes, and leaves the page at the smaller one.</summary>
    public static async Task AtEachSizeAsync(IPage page, Func<(int Width, int Height), Task> ask)
    {
        foreach (var size in Sizes.Reverse())
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            await ask(size);
        }
    }
}
