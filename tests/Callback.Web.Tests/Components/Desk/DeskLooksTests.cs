using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Components.Desk;

public sealed class DeskLooksTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    /// <summary>A Monday, 11:05 in Shanghai.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    private TestApp app = null!;
    private Browser browser = null!;

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync(database, new ManualTime(Monday), services => services.AddTransient<IStartupFilter, SamplePages>());
        browser = await Browser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("zh-CN", "light")]
    [InlineData("en", "dark")]
    public async Task Every_state_of_the_desk_passes_the_accessibility_rules_and_fits_the_screen(string language, string theme)
    {
        var page = await browser.PageAsync(app.BaseAddress, language, theme);
        var refusals = new List<string>();
        page.Console += (_, message) => { if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) refusals.Add(message.Text); };
        foreach (var state in DeskSamples.States)
        {
            await page.GotoAsync($"/sample/{state}");
            await Browser.KeepAsync(page, $"desk-{state}-{language}-{theme}");
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{state}: " + string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id} {node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"))));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"), $"{state} does not fit.");
        }
        Assert.Empty(refusals);
    }

    [Fact]
    public async Task No_key_does_two_things_in_any_state()
    {
        var page = await browser.PageAsync(app.BaseAddress, "en");
        foreach (var state in DeskSamples.States)
        {
            await page.GotoAsync($"/sample/{state}");
            var keys = await page.EvaluateAsync<string[]>(
                """
                [...document.querySelectorAll('#desk [data-key], #talk [data-choice]')].filter((node) => node.getClientRects().length > 0)
                    .map((node) => (node.dataset.key ?? node.dataset.choice).toLowerCase())
                """);
            var twice = keys.GroupBy(key => key).Where(key => key.Count() > 1).Select(key => key.Key);
            Assert.True(!twice.Any(), $"{state}: {string.Join(' ', twice)}");
        }
    }
}
