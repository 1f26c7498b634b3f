using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Demo;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Demo;

public sealed class DemoShopTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // Monday, 11:05 in Shanghai.
    private static readonly DateTimeOffset DemoStart = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_demo_has_a_full_desk_at_five_past_eleven_and_a_second_start_changes_nothing()
    {
        var time = new ManualTime(DemoStart);
        await using var app = await TestApp.StartAsync(database, time);
        var demo = app.Services.GetRequiredService<DemoShop>();
        await demo.FurnishAsync(CancellationToken.None);

        Assert.Equal(("Done", 300, 0), (await QueryAsync<(string, int, int)>("select state, rows_new, rows_rejected from imports")).Single());
        var queued = (await QueryAsync<(string Purpose, long Orders)>("select purpose, count(*) from queued_call_orders group by purpose")).ToDictionary(row => row.Purpose, row => row.Orders);
        Assert.InRange(queued["PaymentReminder"], 50, 70);
        Assert.InRange(queued["DeliveryCallBack"], 70, 95);
        Assert.True((await QueryAsync<long>("select count(*) from queued_calls c where (select count(*) from queued_call_orders o where o.queued_call_id = c.queued_call_id) > 1")).Single() > 0);
        Assert.True((await QueryAsync<long>("select count(*) from orders where phone_kind = 'Masked'")).Single() >= 15);
        Assert.True((await QueryAsync<long>("select count(*) from orders where phone_kind = 'Privacy' and phone_expires_at is not null")).Single() >= 40);
        Assert.Equal(["agent Agent", "manager Manager", "scheduler Scheduler"], await QueryAsync<string>("select u.name || ' ' || m.role from users u join memberships m using (user_id) order by 1"));

        var before = await QueryAsync<string>("select order_no || xmin::text from orders order by 1");
        time.Advance(TimeSpan.FromMinutes(10));
        await demo.FurnishAsync(CancellationToken.None);
        Assert.Equal(before, await QueryAsync<string>("select order_no || xmin::text from orders order by 1"));
        Assert.Equal(3L, (await QueryAsync<long>("select count(*) from users")).Single());
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task Whoever_plays_an_invented_person_goes_on_in_their_own_language(string language)
    {
        await using var app = await TestApp.StartAsync(database, await MovedTime.StartAsync(database, DemoStart.AddMinutes(1)), demo: true);
        await app.Services.GetRequiredService<DemoShop>().FurnishAsync(CancellationToken.None);
        var client = app.Stranger(out _);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        await client.PostFormAsync("/sign-in/demo", "/sign-in", new KeyValuePair<string, string>("name", "agent"));
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        Assert.Contains($"<html lang=\"{language}\"", await client.GetStringAsync("/desk"), StringComparison.Ordinal);
        var campaign = (await QueryAsync<Guid>("select campaign_id from campaigns where code = 'payment-reminder'")).Single();
        await client.PostFormAsync("/desk/ready", "/desk", new KeyValuePair<string, string>("campaign", $"{DemoShop.Shop}/{campaign}"));
        Assert.Matches($"class=\"talk-node [^\"]*\" lang=\"{language}\"", await client.GetStringAsync("/desk"));
    }

    [Fact]
    public void The_same_moment_makes_the_same_file()
    {
        var moment = new DateTime(2026, 11, 23, 11, 0, 0);
        Assert.Equal(DemoExport.Make(moment).Content, DemoExport.Make(moment).Content);
        Assert.NotEqual(DemoExport.Make(moment).Content, DemoExport.Make(moment.AddDays(1)).Content);
    }

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, CancellationToken.None);
        return await session.QueryAsync<T>(sql, null, CancellationToken.None);
    }
}
