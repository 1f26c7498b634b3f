using Callback.CallScripts;
using Callback.Database;
using Callback.Database.Clock;
using Callback.Practice;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Callback.Web.Tests.Practice;

/// <summary>A new agent in a browser: no real card, the course on the real desk, the quiz, and then the first real card.</summary>
public sealed class PracticeCourseStoryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Learning = ShopId.Parse("learning");
    private static readonly ShopId Real = ShopId.Parse("real");

    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 20_000 };

    private readonly OffsetTimeProvider time = new(TimeProvider.System);

    private DateTimeOffset clock = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("zh-CN")]
    public async Task A_practice_course_is_passed_on_the_desk_and_opens_the_real_calls(string language)
    {
        await ClockOnAsync(TimeSpan.Zero);
        await using var app = await TestApp.StartAsync(database, time);
        await ShopsAsync(app, language);
        var user = await app.UserAsync(Role.Agent, Learning);
        await SqlAsync("insert into memberships (shop_id, user_id, role) values (@Real, @UserId, 'Agent')", new { Real, user.UserId });
        await using var browser = await Browser.StartAsync();
        await RequireAsync(await browser.PageAsync(app.BaseAddress, language, session: await app.SessionAsync(await app.UserAsync(Role.Manager, Real))));
        var page = await browser.PageAsync(app.BaseAddress, language, session: await app.SessionAsync(user));

        await page.GotoAsync("/desk");
        await Expect(page.Locator(".ready-locked")).ToContainTextAsync(CourseOf(app).Title.In(language));
        await Browser.KeepAsync(page, $"practice-locked-{language}");
        await page.ClickAsync(".ready-locked a");
        await page.ClickAsync(".course-head button.btn-primary");

        await CallAsync(app, page, "helpful-delivery", language);
        await PassAllButAsync(app, user.UserId, "suspicious");
        await page.ReloadAsync();
        await page.ClickAsync(".page-acts button.btn-primary");
        await CallAsync(app, page, "suspicious", language);
        await Looks.AtAsync(page, $"practice-review-{language}", "dark", "light");

        await page.ClickAsync(".page-acts a.btn-primary");
        await Looks.AtAsync(page, $"practice-course-{language}", "dark");
        await QuizAsync(app, page, language);
        await page.GotoAsync("/desk");
        await page.ClickAsync(".waiting-panel button[hx-post='/desk/away']");
        await Expect(page.Locator(".ready-panel")).ToBeVisibleAsync(Patient);
        await Expect(page.Locator(".ready-locked")).ToHaveCountAsync(0);
        await Expect(page.Locator($".campaign-choice input[value^='{Real}/']")).ToHaveCountAsync(1);
    }

    private static Course CourseOf(TestApp app) => app.Services.GetRequiredService<PracticeBook>().FindCourse("first-week")!;

    /// <summary>One call as a learner makes it who understands every reply.</summary>
    private async Task CallAsync(TestApp app, IPage page, string call, string language)
    {
        await Expect(page.Locator(".desk-card.is-held")).ToBeVisibleAsync(Patient);
        await DeskHands.TickAllAsync(page);
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator(".desk-card.is-calling")).ToBeVisibleAsync(Patient);
        await ClockOnAsync(TimeSpan.FromSeconds(20));
        await Expect(page.Locator(".customer-voice")).ToBeVisibleAsync(Patient);
        await Looks.AtAsync(page, $"practice-talk-{call}-{language}", call == "suspicious" ? "dark" : "light");
        await TalkAsync(page, BestTalk.Of(CustomerOf(app, call, language)));
        await DeskHands.TickAllAsync(page);
        await page.ClickAsync("button[name=state][value=Completed]");
        await Expect(page.Locator(".desk-card.is-wrapup")).ToBeVisibleAsync(Patient);
        await page.CheckAsync($"#outcome-{BestTalk.Of(CustomerOf(app, call, language)).Outcome}");
        await DeskHands.TickAllAsync(page);
        await page.ClickAsync("[data-key='ctrl+enter']");
        await page.WaitForURLAsync("**/practice/calls/*");
        await Expect(page.Locator(".review-points.is-right")).ToBeVisibleAsync();
    }

    /// <summary>Goes through the script by what the customer says, side panel included.</summary>
    private static async Task TalkAsync(IPage page, BestTalk talk)
    {
        var decisions = new Queue<Decision>(talk.Decisions);
        for (var steps = 0; steps < 60 && await page.Locator(".talk-over").CountAsync() == 0; steps++)
        {
            var node = await page.Locator("input[name=node]").GetAttributeAsync("value");
            var go = decisions.TryPeek(out var next) && next.Node == node ? $"{(decisions.Dequeue().IsAside ? "aside" : "choose")}:{next.Wanted}" : "next";
            var box = page.Locator($"#talk input[type=checkbox][name='answer.{node}'][value='{next?.Wanted}']");
            if (go != "next" && await box.CountAsync() > 0)
            {
                await box.CheckAsync();
                go = "next";
            }
            await page.RunAndWaitForResponseAsync(() => page.ClickAsync($"#talk button[name=go][value='{go}']"), response => response.Url.EndsWith("/script", StringComparison.Ordinal));
            await Expect(page.Locator(".htmx-request, .htmx-settling, .htmx-swapping")).ToHaveCountAsync(0);
        }
        Assert.Empty(decisions);
    }

    private async Task QuizAsync(TestApp app, IPage page, string language)
    {
        await page.ClickAsync(".course-quiz a");
        await Browser.KeepAsync(page, $"practice-quiz-{language}");
        foreach (var question in CourseOf(app).Quiz)
            await page.CheckAsync($"input[name='answer.{question.Id}'][value={question.Right}]");
        await page.ClickAsync(".quiz button.btn-primary");
        await Expect(page.Locator("main .notice").First).ToContainTextAsync(CourseOf(app).Title.In(language));
        await Browser.KeepAsync(page, $"practice-passed-{language}");
    }

    private static async Task RequireAsync(IPage page)
    {
        await page.GotoAsync("/training");
        await page.SelectOptionAsync("select[name=course]", "first-week");
        await page.ClickAsync(".training-required button");
        await Expect(page.Locator("#flash .notice")).ToBeVisibleAsync();
        await Browser.KeepAsync(page, $"practice-training-{await page.Locator("html").GetAttributeAsync("lang")}");
    }

    private static CustomerReplies CustomerOf(TestApp app, string call, string language)
    {
        var met = CourseOf(app).Calls.Single(known => known.Id == call);
        var scripts = app.Services.GetRequiredService<CallScriptBook>();
        return new(met.Customer, met.Seed, scripts.Find(scripts.NamesFor(met.Purpose)[0], null, language)!, ScriptValues.Of(ScriptSamples.Full(language)));
    }

    /// <summary>The other calls of the course, passed on another day.</summary>
    private async Task PassAllButAsync(TestApp app, Guid agent, string call)
    {
        foreach (var other in CourseOf(app).Calls.Where(other => other.Id != call))
            await SqlAsync(
                """
                insert into practice_reviews (shop_id, attempt_id, run_id, agent_id, call_id, customer, points, parts, reviewed_at)
                select shop_id, gen_random_uuid(), run_id, agent_id, @Id, 'helpful', 90, '{}', started_at
                from practice_runs
                where shop_id = @Learning and agent_id = @agent
                """,
                new { other.Id, Learning, agent });
    }

    private async Task ShopsAsync(TestApp app, string language)
    {
        await app.GivenShopAsync(Real, language: language);
        await SqlAsync(
            """
            insert into shops (shop_id, name, zone, language, country, currency, policy, practice, created_at)
            values (@Learning, @name, 'Asia/Shanghai', @language, 'CN', 'CNY', 'practice', true, @clock)
            on conflict (shop_id) do update set language = excluded.language, name = excluded.name;
            update shops set language = @language where shop_id = @Real;
            insert into campaigns
                (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, order_by, hold_for, call_script, line, created_at, updated_at)
            values (@Real, gen_random_uuid(), 'reminder', '催付', 'PaymentReminder', 'Running', '30 min', '3 days', 'Value', '5 min', 'payment-reminder', 'manual', @clock, @clock)
            on conflict do nothing
            """,
            new { Learning, Real, language, name = language == "en" ? "Training shop" : "练习店", clock });
    }

    private async Task ClockOnAsync(TimeSpan by)
    {
        clock = (by == TimeSpan.Zero ? clock : time.GetUtcNow()) + by;
        time.Offset = await InstallationClock.AgreeAsync(database.Source, clock.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), production: false, default);
    }

    private async Task SqlAsync(string sql, object args)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, args, default);
        await session.CommitAsync();
    }
}
