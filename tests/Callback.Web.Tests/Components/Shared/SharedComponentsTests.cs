using Callback.Calls;
using Callback.Web.Components.Desk;
using Callback.Web.Components.Shared;
using Callback.Web.Localization;
using Callback.Web.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace Callback.Web.Tests.Components.Shared;

public sealed class SharedComponentsTests
{
    [Fact]
    public async Task Table_says_that_it_is_empty_instead_of_showing_a_head_without_rows()
    {
        var html = await TableAsync([], next: null);
        Assert.Contains("nothing here", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_leads_to_the_next_page_by_a_link()
    {
        var html = await TableAsync(["a", "b"], next: "/log?after=b");
        Assert.Contains("<tr>a</tr>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/log?after=b\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Field_says_its_problem_beside_the_input_and_joins_the_two()
    {
        var html = await Rendered.AsHtmlAsync<PostForm>(new()
        {
            ["Action"] = "/campaigns",
            ["Problems"] = new[] { Problem.Of("note-required", "Note") },
            ["ChildContent"] = (RenderFragment)(builder =>
            {
                builder.OpenComponent<TextField>(0);
                builder.AddAttribute(1, "Name", "note");
                builder.AddAttribute(2, "Label", "Note");
                builder.CloseComponent();
            }),
        });
        Assert.Contains("aria-describedby=\"field-note-error\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"field-error\" id=\"field-note-error\"><span>This outcome needs a note.</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Field_without_a_problem_is_not_called_wrong()
    {
        var html = await Rendered.AsHtmlAsync<TextField>(new() { ["Name"] = "note", ["Label"] = "Note", ["Hint"] = "In their words" });
        Assert.Contains("aria-describedby=\"field-note-hint\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("aria-invalid", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirmation_asks_before_the_button_that_does_it_can_be_pressed()
    {
        var html = await Rendered.AsHtmlAsync<ConfirmForm>(new() { ["Action"] = "/campaigns/end", ["Button"] = "End", ["Question"] = "End it for good?" });
        Assert.StartsWith("<details class=\"confirm\"", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("End it for good?", StringComparison.Ordinal) < html.IndexOf("btn-danger", StringComparison.Ordinal));
        Assert.Contains("method=\"post\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(287, "4:47")]
    [InlineData(-3, "0:00")]
    public async Task Countdown_is_right_before_any_script_runs(int seconds, string written)
    {
        var html = await Rendered.AsHtmlAsync<Countdown>(new() { ["Until"] = Rendered.Now.AddSeconds(seconds) });
        Assert.EndsWith($">{written}</time>", html, StringComparison.Ordinal);
        Assert.Contains($"data-until=\"{Rendered.Now.AddSeconds(seconds).ToUnixTimeMilliseconds()}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_card_shows_what_a_customer_wrote_as_text_and_never_as_markup()
    {
        const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        var order = new CardOrder(
            "3193000000000000001", OrderStatus.Unpaid, 128.5m, "CNY", [new CardItem(Hostile, Hostile, 1, null)], Hostile, Hostile, Hostile, Hostile, Hostile, Hostile, Hostile, Hostile, 0,
            Rendered.Now.AddHours(-3), null, null, null, Rendered.Now.AddMinutes(-5), "File", 0);
        var html = await Rendered.AsHtmlAsync<OrderCard>(new() { ["Order"] = order });
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("en", "Unpaid", "3 hours ago")]
    [InlineData("zh-CN", "待付款", "3 小时前")]
    public async Task Order_card_speaks_the_readers_language(string language, string status, string age)
    {
        var order = new CardOrder(
            "3193000000000000001", OrderStatus.Unpaid, 128.5m, "CNY", [], null, null, null, null, null, null, null, null, 0,
            Rendered.Now.AddHours(-3), null, null, null, Rendered.Now, "Api", 0);
        var html = System.Net.WebUtility.HtmlDecode(await Rendered.AsHtmlAsync<OrderCard>(new() { ["Order"] = order }, Language.Find(language)));
        Assert.Contains(status, html, StringComparison.Ordinal);
        Assert.Contains(age, html, StringComparison.Ordinal);
        Assert.Contains("¥128.50", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_card_carries_no_number_to_dial()
    {
        var html = await Rendered.AsHtmlAsync<PersonPanel>(new() { ["Card"] = DeskSamples.Card(CardPhase.Held, Rendered.Now) });
        Assert.Contains("1234", html, StringComparison.Ordinal);
        Assert.DoesNotContain("tel:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("18412345678", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+8613800138000", "138 0013 8000")]
    [InlineData("+442071838750", "+4420 7183 8750")]
    [InlineData("+12125550123", "+121 2555 0123")]
    public void Number_is_spaced_as_it_is_keyed(string e164, string spaced) => Assert.Equal(spaced, NumberToDial.Spaced(e164));

    private static Task<string> TableAsync(IReadOnlyList<string> rows, string? next) => Rendered.AsHtmlAsync<PagedTable<string>>(new()
    {
        ["Rows"] = rows,
        ["Caption"] = "Letters",
        ["Header"] = Rendered.Markup("Letter"),
        ["Row"] = (RenderFragment<string>)(row => builder =>
        {
            builder.OpenElement(0, "tr");
            builder.AddContent(1, row);
            builder.CloseElement();
        }),
        ["Empty"] = Rendered.Markup("nothing here"),
        ["NextUrl"] = next,
    });
}
