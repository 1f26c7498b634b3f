using System.Net;
using Callback.Database;
using Callback.Health;
using Callback.Web.Components.Help;
using Callback.Web.Localization;
using Callback.Web.Tests.SignIn;
using Callback.Web.Tests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Health;

public sealed class HealthScreenTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task Every_figure_stands_on_the_screen_with_its_limits_and_leads_to_its_section(string language)
    {
        using var admin = await shared.App.ClientAs(Role.Admin, SharedApp.Shop);
        admin.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var html = WebUtility.HtmlDecode(await admin.GetStringAsync("/health"));
        var help = new HelpBook().Find(Language.Find(language)!, "health")!.Html.Text;
        Assert.All(HealthPolicy.Limits, limit =>
        {
            var anchor = limit.Name.Replace('.', '-').Replace('_', '-');
            Assert.Contains($"id=\"figure-{anchor}\"", html, StringComparison.Ordinal);
            Assert.Contains($"href=\"/help/health#{anchor}\"", html, StringComparison.Ordinal);
            Assert.Contains($"id=\"{anchor}\"", help, StringComparison.Ordinal);
        });
        Assert.Contains("0.1%", html, StringComparison.Ordinal);
        Assert.DoesNotContain("health.", StripTags(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_screen_asks_again_by_itself_and_a_part_of_it_answers()
    {
        using var admin = await shared.App.ClientAs(Role.Admin, SharedApp.Shop);
        Assert.Contains("hx-get=\"/health/figures\" hx-trigger=\"every 15s\"", await admin.GetStringAsync("/health"), StringComparison.Ordinal);
        var part = await admin.GetStringAsync("/health/figures");
        Assert.StartsWith("<div id=\"health\"", part.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain("<html", part, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_listed_page_by_page_without_anybodys_data()
    {
        await FillAsync(120);
        using var admin = await shared.App.ClientAs(Role.Admin, SharedApp.Shop);
        Assert.Contains("/health/rows/Holds", await admin.GetStringAsync("/health"), StringComparison.Ordinal);
        var seen = new HashSet<string>();
        string? next = "/health/rows/Holds";
        for (var page = 0; next is not null && page < 5; page++)
        {
            var html = WebUtility.HtmlDecode(await admin.GetStringAsync(next));
            seen.UnionWith(System.Text.RegularExpressions.Regex.Matches(html, "<code>([0-9a-f-]{36})</code>").Select(match => match.Groups[1].Value));
            next = System.Text.RegularExpressions.Regex.Match(html, "rel=\"next\" href=\"([^\"]+)\"") is { Success: true } link ? link.Groups[1].Value : null;
        }
        Assert.Equal(120, seen.Count);
        await ClearAsync();
        foreach (var rows in Enum.GetNames<HealthRows>())
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/health/rows/{rows}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/health/rows/Customers")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/health/rows/3")).StatusCode);
    }

    [Fact]
    public async Task A_changed_server_is_told_above_everything_and_what_to_do()
    {
        await ExecuteAsync("update installation set system_identifier = 1, timeline = 7");
        using var admin = await shared.App.ClientAs(Role.Admin, SharedApp.Shop);
        var html = WebUtility.HtmlDecode(await admin.GetStringAsync("/health"));
        await ExecuteAsync("update installation set system_identifier = null, timeline = null");
        Assert.Contains("callback adopt", html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_database_the_screen_still_tells_what_readyz_tells()
    {
        await using var away = new AwayDatabase();
        await using var app = await away.StartAsync(shared.Database);
        using var admin = await app.ClientAs(Role.Admin, SharedApp.Shop);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/health")).StatusCode);
        away.Cut();
        var answer = await admin.GetAsync("/health");
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(Text("health.schema-means"), html, StringComparison.Ordinal);
        Assert.Contains(Text("health.fault"), html, StringComparison.Ordinal);
        var other = await admin.GetAsync("/users");
        Assert.DoesNotContain(Text("health.schema-means"), WebUtility.HtmlDecode(await other.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "light", 1280, 720)]
    [InlineData("en", "dark", 1280, 720)]
    public async Task The_screens_pass_the_accessibility_rules_and_fit_the_width(string language, string theme, int width, int height)
    {
        await FillAsync(60);
        await shared.App.Services.GetRequiredService<ThisNode>().SignAsync(default);
        await using var browser = await Browser.StartAsync();
        var page = await browser.PageAsync(shared.App.BaseAddress, language, theme, await shared.App.SessionAsync(await shared.App.UserAsync(Role.Admin, SharedApp.Shop)));
        page.SetDefaultTimeout(30_000);
        await page.SetViewportSizeAsync(width, height);
        foreach (var path in new[] { "/health", "/health/rows/Holds", "/help/health" })
        {
            await page.GotoAsync(path);
            await Browser.KeepAsync(page, $"health{path.Replace('/', '-')}-{language}");
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{path}: " + string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id} {node.Html}"))));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is too wide.");
        }
        await ClearAsync();
    }

    private static string Text(string key) => new TextBook().Entry(key)["zh"];

    private static string StripTags(string html) => System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", " ");

    private Task FillAsync(int holds) => ExecuteAsync(
        $"""
        insert into campaigns (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, order_by, hold_for, call_script, line, created_at, updated_at)
        values ('tea', '00000000-0000-0000-0000-000000000001', 'x', 'x', 'PaymentReminder', 'Running', '30 min', '30 days', 'Value', '5 min', 'x', 'manual', now(), now())
        on conflict do nothing;
        insert into queued_calls (shop_id, queued_call_id, campaign_id, purpose, kind, phone_hash, zone_key, priority, why, due_at, planned_at, fresh_until, hold_id, held_by, held_at, held_until)
        select 'tea', gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'PaymentReminder', 'First', int4send(i), 'Asia/Shanghai', 1, '{"{}"}', now(), now(), now(), gen_random_uuid(), gen_random_uuid(), now(),
            now() - interval '10 minutes'
        from generate_series(1, {holds}) i
        """);

    private Task ClearAsync() => ExecuteAsync("delete from queued_calls");

    private async Task ExecuteAsync(string sql)
    {
        await using var session = await shared.Database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, null, default);
        await session.CommitAsync();
    }
}
