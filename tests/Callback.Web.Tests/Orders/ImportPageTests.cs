using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.Orders;

public sealed partial class ImportPageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Shop = new("plum");

    private const string File =
        """
        order_no,status,ordered_at,amount,phone,buyer_name,item_title
        A1,unpaid,2026-11-21 10:00:00,59.80,13800138000,<script>alert(1)</script>,sock
        A2,strange,2026-11-21 10:00:00,1.00,13900139000,Li,shoe
        3.19307E+18,unpaid,2026-11-21 10:00:00,1.00,,Li,shoe
        """;

    [Fact]
    public async Task A_file_is_uploaded_followed_and_its_rejected_rows_are_corrected_and_imported_again()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await app.ClientAs(Role.Scheduler, Shop);
        var page = await UploadAsync(client, File, "orders.csv");
        await UntilDoneAsync(client, page);
        var html = await client.GetStringAsync(page);
        Assert.Contains("This status word is not known", html, StringComparison.Ordinal);
        Assert.Contains("3.19307E&#x2B;18", html, StringComparison.Ordinal);

        var rejected = await client.GetStringAsync($"{page}/rejected.csv");
        Assert.Contains("A2,strange", rejected, StringComparison.Ordinal);
        var corrected = await UploadAsync(client, rejected.Replace("strange", "paid", StringComparison.Ordinal).Replace("3.19307E+18", "A3", StringComparison.Ordinal), "corrected.csv");
        await UntilDoneAsync(client, corrected);
        var list = await client.GetStringAsync("/orders");
        Assert.Contains("A2", list, StringComparison.Ordinal);
        Assert.Contains("A3", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert(1)", list, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", list, StringComparison.Ordinal);
        Assert.Contains("corrected.csv", await client.GetStringAsync("/imports"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_header_is_named_on_the_imports_page_with_what_is_missing()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await app.ClientAs(Role.Scheduler, Shop);
        var page = await UploadAsync(client, "order_no,status,amount\nA1,unpaid,1\n", "short.csv");
        await UntilDoneAsync(client, page);
        var html = WebUtility.HtmlDecode(await client.GetStringAsync(page));
        Assert.Contains("Nearest is “generic”; these columns are missing: ordered_at", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_may_neither_import_nor_see_the_orders()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await app.ClientAs(Role.Agent, Shop);
        foreach (var path in (string[])["/imports", "/orders", "/orders/A1"])
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_manager_sees_a_number_only_for_a_reason_and_only_on_that_answer()
    {
        await using var app = await TestApp.StartAsync(database);
        using (var scheduler = await app.ClientAs(Role.Scheduler, Shop))
            await UntilDoneAsync(scheduler, await UploadAsync(scheduler, "order_no,status,ordered_at,amount,phone\nR1,unpaid,2026-11-21 10:00:00,1,18412345678-1234\n", "r.csv"));
        using var client = await app.ClientAs(Role.Manager, Shop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostFormAsync("/orders/R1/reveal", "/orders/R1", new KeyValuePair<string, string>("reason", "x"))).StatusCode);
        Assert.DoesNotContain("18412345678", await client.GetStringAsync("/orders/R1"), StringComparison.Ordinal);
        var answer = await client.PostFormAsync("/orders/R1/reveal", "/orders/R1", new KeyValuePair<string, string>("reason", "the customer asked us to ring back"));
        Assert.Contains("+8618412345678 – 1234", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("18412345678", await client.GetStringAsync("/orders/R1"), StringComparison.Ordinal);
        await using var session = await database.Db.BeginAsync(ShopScope.All, CancellationToken.None);
        Assert.Equal(1L, await session.QuerySingleAsync<long>("select count(*) from audit where action = 'phone.revealed' and subject = 'order:R1'", null, CancellationToken.None));
    }

    [Fact]
    public async Task A_scheduler_reports_what_makes_an_order_a_case_and_an_agent_may_not()
    {
        await using var app = await TestApp.StartAsync(database);
        using var scheduler = await app.ClientAs(Role.Scheduler, Shop);
        await UntilDoneAsync(scheduler, await UploadAsync(scheduler, "order_no,status,ordered_at,amount\nS1,paid,2026-11-21 10:00:00,1\n", "s.csv"));
        KeyValuePair<string, string>[] report = [new("purpose", "OutOfStock"), new("item", "red, 38"), new("words", "sole <scratched>")];
        Assert.Equal(HttpStatusCode.Redirect, (await scheduler.PostFormAsync("/orders/S1/report", "/orders/S1", report)).StatusCode);
        Assert.Contains("red, 38 · sole <scratched>", WebUtility.HtmlDecode(await scheduler.GetStringAsync("/orders/S1")), StringComparison.Ordinal);
        Assert.DoesNotContain("sole <scratched>", await scheduler.GetStringAsync("/orders/S1"), StringComparison.Ordinal);
        KeyValuePair<string, string>[] tooLong = [new("purpose", "RefundOrDispute"), new("words", new string('x', 501))];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await scheduler.PostFormAsync("/orders/S1/report", "/orders/S1", tooLong)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await scheduler.PostFormAsync("/orders/S9/report", "/orders/S1", report)).StatusCode);
        using var agent = await app.ClientAs(Role.Agent, Shop);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostFormAsync("/orders/S1/report", "/desk", report)).StatusCode);
    }

    private static async Task<string> UploadAsync(HttpClient client, string content, string name)
    {
        var token = Token().Match(await client.GetStringAsync("/imports")).Groups["token"].Value;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent("auto"), "format" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name },
        };
        var answer = await client.PostAsync("/imports", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task UntilDoneAsync(HttpClient client, string page)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await client.GetStringAsync($"{page}/progress", patience.Token)).Contains("hx-get", StringComparison.Ordinal))
            patience.Token.ThrowIfCancellationRequested();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
