using Callback.CallScripts.Editing;
using Callback.Tests.Support;
using Callback.Web.Demo;
using Callback.Web.Tests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace Callback.Web.Tests.CallScripts;

/// <summary>A script of sixty steps is looked at where it is written and where it is said.</summary>
public sealed class ScriptLooksTests(TestDatabase database) : DemoStory(database), IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Sixty_steps_stay_readable_in_the_editor_and_on_the_desk()
    {
        await MakeAsync();
        foreach (var (language, theme) in new[] { ("zh-CN", "light"), ("en", "dark") })
            await LookAtPagesAsync(language, theme);
        await ExecuteAsync("update campaigns set call_script = 'shop/sixty', status = case purpose when 'PaymentReminder' then status else 'Paused' end");
        foreach (var language in new[] { "zh-CN", "en" })
            await LookAtDeskAsync(language);
    }

    /// <summary>Two versions, and a draft with a mistake in the middle.</summary>
    private async Task MakeAsync()
    {
        var actor = Actor.System("looks");
        var services = App.Services;
        var publish = services.GetRequiredService<PublishScript>();
        await services.GetRequiredService<CreateScriptDraft>().RunAsync(actor, new ImportScriptInput(DemoShop.Shop, "sixty", SixtySteps.Texts), default);
        Assert.IsType<PublishScriptResult.Published>(await publish.RunAsync(actor, new PublishScriptInput(DemoShop.Shop, "sixty", 1, "The first"), default));
        var draft = await services.GetRequiredService<OpenScriptDraft>().RunAsync(actor, DemoShop.Shop, "sixty", default);
        var document = ScriptDocument.Read(draft!.Texts).Document!;
        Assert.True(document.Ids.Count >= 60);
        document.Insert(new NodeForm { Id = "extra", Kind = Callback.CallScripts.NodeKind.Say, Title = new("补充一句", "One more thing"), Text = new("还有一件事想告诉您。", "There is one more thing.") }, "thank-5");
        document.With(document.Find("told-7")! with { Text = new("您好，{{courer}}马上查。", "{{courier}} will look for it, {{shpo}} says.") });
        await services.GetRequiredService<SaveScriptDraft>().RunAsync(actor, new(DemoShop.Shop, "sixty", draft.Revision, document.ToTexts()), default);
    }

    private async Task LookAtPagesAsync(string language, string theme)
    {
        var page = await Browser.PageAsync(App.BaseAddress, language, theme, await App.SessionAsync(await App.UserAsync(Role.Scheduler, DemoShop.Shop)));
        var refusals = new List<string>();
        page.Console += (_, message) => { if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) refusals.Add(message.Text); };
        var pages = new[]
        {
            ("edit", "/scripts/shop/sixty/edit?node=q6"), ("settings", "/scripts/shop/sixty/edit"), ("list", "/scripts"), ("script", "/scripts/shop/sixty"),
            ("compare", "/scripts/shop/sixty/compare?from=1&to="), ("publish", "/scripts/shop/sixty/publish"), ("yaml", "/scripts/shop/sixty/yaml"),
            ("walk", "/scripts/walk?script=shop%2Fsixty&version=1"), ("walk-draft", "/scripts/walk?script=shop%2Fsixty&draft=true"),
        };
        foreach (var (name, address) in pages)
        {
            await page.GotoAsync(address);
            await Looks.AtEachSizeAsync(page, size => Browser.KeepAsync(page, $"sixty-{name}-{language}-{size.Width}"));
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{name}: " + string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id} {node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"))));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is too wide.");
        }
        await page.GotoAsync("/scripts/shop/sixty/edit?node=q6");
        Assert.Equal(63, await page.Locator(".outline .outline-step").CountAsync());
        await Expect(page.Locator(".outline-step[aria-current]")).ToBeInViewportAsync();
        await Expect(page.Locator("#check .preview").First).ToBeInViewportAsync();
        await Expect(page.Locator(".node-head button")).ToBeInViewportAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"), "The editor does not fit the screen.");
        Assert.Empty(refusals);
    }

    /// <summary>The talk from end to end in the customer's language: what comes next is on the screen without scrolling, whichever of the two screens it is.</summary>
    private async Task LookAtDeskAsync(string language)
    {
        await ExecuteAsync($"update shops set language = '{language}'");
        var page = await PageAsync(Role.Agent, language);
        await page.GotoAsync("/desk");
        await page.Keyboard.PressAsync("g");
        await Expect(page.Locator(".desk-card.is-held")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        foreach (var box in await page.Locator(".checklist-phase.is-now input[type=checkbox]").AllAsync())
            await box.CheckAsync();
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator(".desk-card.is-calling")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".desk-card.is-talking")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        for (var step = 0; step < SixtySteps.Questions; step++)
        {
            var title = await page.Locator("#talk-title").InnerTextAsync();
            await page.Keyboard.PressAsync("2");
            await Expect(page.Locator("#talk-title")).Not.ToHaveTextAsync(title);
            await page.Keyboard.PressAsync("n");
            await Expect(page.Locator(".talk-node.is-do")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("n");
            await Expect(page.Locator(".talk-node.is-do")).ToHaveCountAsync(0);
            await Looks.AtEachSizeAsync(page, async _ => await Expect(page.Locator(".talk-text")).ToBeInViewportAsync(new() { Ratio = 1 }));
        }
        await Looks.AtAsync(page, $"sixty-desk-{language}", "light");
        await Expect(page.Locator("#talk-title")).ToHaveTextAsync(language == "en" ? "Goodbye" : "道别");
    }
}
