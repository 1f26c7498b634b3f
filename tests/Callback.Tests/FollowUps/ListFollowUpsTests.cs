using Callback.FollowUps.Log;
using Callback.Tests.Support;

namespace Callback.Tests.FollowUps;

public sealed class ListFollowUpsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Log_is_read_newest_first_and_every_row_once_over_all_pages()
    {
        var scene = await new LogScene(database, "paging").BeginAsync();
        var written = new List<Guid>();
        foreach (var minute in Enumerable.Range(0, 23))
            written.Add(await scene.FollowUpAsync(at: LogScene.Noon.AddMinutes(minute / 3)));

        var read = new List<FollowUpRow>();
        LogCursor? cursor = null;
        do
        {
            var page = await List(scene, scene.Manager, new(), cursor, 5);
            read.AddRange(page.Rows);
            cursor = LogCursor.Parse(page.Next?.ToString());
        }
        while (cursor is not null);

        Assert.Equal(written.Order(), read.Select(row => row.AttemptId).Order());
        Assert.Equal(read.Select(row => row.At).OrderDescending(), read.Select(row => row.At));
    }

    [Fact]
    public async Task A_row_recorded_while_paging_shifts_nothing()
    {
        var scene = await new LogScene(database, "shifting").BeginAsync();
        foreach (var minute in Enumerable.Range(0, 4))
            await scene.FollowUpAsync(at: LogScene.Noon.AddMinutes(minute));
        var first = await List(scene, scene.Manager, new(), null, 2);
        await scene.FollowUpAsync(at: LogScene.Noon.AddMinutes(9));
        var second = await List(scene, scene.Manager, new(), first.Next, 2);
        Assert.Equal([1, 0], second.Rows.Select(row => (int)(row.At - LogScene.Noon).TotalMinutes));
    }

    [Fact]
    public async Task An_agent_sees_own_calls_only()
    {
        var scene = await new LogScene(database, "own").BeginAsync();
        var own = await scene.FollowUpAsync();
        await scene.FollowUpAsync(agent: Ids.New(LogScene.Noon));
        Assert.Equal([own], (await List(scene, scene.AgentActor, new())).Rows.Select(row => row.AttemptId));
        Assert.Equal(2, (await List(scene, scene.Manager, new())).Rows.Count);
    }

    [Fact]
    public async Task Another_shops_manager_is_told_there_is_no_such_shop_asvs_8_2_2()
    {
        var scene = await new LogScene(database, "walled").BeginAsync();
        var other = await new LogScene(database, "elsewhere").BeginAsync();
        await Assert.ThrowsAsync<ShopUnknownException>(() => List(scene, other.Manager, new()));
    }

    [Fact]
    public async Task Days_are_the_shops_days()
    {
        var scene = await new LogScene(database, "days").BeginAsync();
        var lastMinute = await scene.FollowUpAsync(at: new(2026, 11, 23, 15, 59, 0, TimeSpan.Zero));
        await scene.FollowUpAsync(at: new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero));
        var day = new DateOnly(2026, 11, 23);
        Assert.Equal([lastMinute], (await List(scene, scene.Manager, new(FromOn: day, ToOn: day))).Rows.Select(row => row.AttemptId));
    }

    [Theory]
    [InlineData("138 0013 8000", true)]
    [InlineData("+8613800138000", true)]
    [InlineData("13800138001", false)]
    public async Task A_phone_is_found_by_its_whole_number(string typed, bool found)
    {
        var scene = await new LogScene(database, $"phone-{typed.Length}-{typed[^1]}").BeginAsync();
        await scene.FollowUpAsync();
        Assert.Equal(found ? 1 : 0, (await List(scene, scene.Manager, new(Person: await Key(scene, typed)))).Rows.Count);
    }

    [Fact]
    public async Task Part_of_a_number_is_refused_with_its_field()
    {
        var scene = await new LogScene(database, "phone-part").BeginAsync();
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => Key(scene, "8000"));
        Assert.Equal("phone", Assert.Single(refusal.Problems).Field);
    }

    [Theory]
    [InlineData("50%", 1)]
    [InlineData("VOUCHER", 1)]
    [InlineData("%", 1)]
    [InlineData("_", 0)]
    [InlineData("nothing", 0)]
    public async Task Text_is_searched_as_written(string text, int found)
    {
        var scene = await new LogScene(database, $"text-{Math.Abs(text.GetHashCode(StringComparison.Ordinal)) % 100_000}").BeginAsync();
        await scene.FollowUpAsync(note: "asked for a 50% voucher");
        await scene.FollowUpAsync(note: "稍后自己付款");
        Assert.Equal(found, (await List(scene, scene.Manager, new(Text: text))).Rows.Count);
    }

    [Fact]
    public async Task Outcome_and_reason_narrow_together()
    {
        var scene = await new LogScene(database, "outcomes").BeginAsync();
        var wanted = await scene.FollowUpAsync(outcome: "WillPay", reasons: ["Expensive", "Waiting"]);
        await scene.FollowUpAsync(outcome: "WillPay", reasons: ["Waiting"]);
        await scene.FollowUpAsync(outcome: "NoAnswer");
        Assert.Equal([wanted], (await List(scene, scene.Manager, new(Outcome: "WillPay", Reason: "Expensive"))).Rows.Select(row => row.AttemptId));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("!!")]
    [InlineData("MTIz")]
    public void A_cursor_that_no_page_gave_is_refused(string text) => Assert.Throws<InvalidInputException>(() => LogCursor.Parse(text));

    private Task<string> Key(LogScene scene, string typed) => new FindPhoneKey(database.Db, scene.Vault).RunAsync(scene.Manager, scene.Shop, typed, default);

    private Task<FollowUpPage> List(LogScene scene, Actor actor, LogFilter filter, LogCursor? after = null, int size = 50) =>
        new ListFollowUps(database.Db).RunAsync(actor, scene.Shop, filter, after, size, default);
}
