using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Callback.Accounts;
using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.Tasks;

/// <summary>Follow-up tasks over HTTP: read, done, opened again, assigned, approved – each by whom it is for, and in no other shop.</summary>
public sealed class TasksApiTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Shop = new("plum");
    private static readonly ShopId Other = new("pear");
    private const string Tasks = "/api/v1/shops/plum/tasks";

    [Fact]
    public async Task A_task_is_listed_taken_done_and_opened_again_with_a_reason()
    {
        await using var app = await TestApp.StartAsync(database);
        var agent = await app.UserAsync(Role.Agent, Shop);
        var task = await TaskAsync(agent, note: "chase it");
        using var client = await app.KeyClientAsync(Shop, [KeyScope.Desk], agent.Name);

        var row = await RowAsync(client, "", task);
        Assert.Equal(("chase it", "Open", true), (row.GetProperty("note").GetString(), row.GetProperty("state").GetString(), row.GetProperty("overdue").GetBoolean()));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(client, task, "assign", new { owner = agent.UserId }));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(client, task, "close", new { done = true, note = "found it" }));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(client, task, "close", new { done = true }));
        row = await RowAsync(client, "?state=Done", task);
        Assert.Equal(("found it", agent.UserId), (row.GetProperty("closingNote").GetString(), row.GetProperty("ownerId").GetGuid()));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(client, task, "reopen", new { why = " " }));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(client, task, "reopen", new { why = "lost again" }));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(client, task, "reopen", new { why = "twice" }));
        Assert.Equal("Open", (await RowAsync(client, "", task)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Only_a_managers_key_with_the_scope_hands_tasks_out_and_approves_grants()
    {
        await using var app = await TestApp.StartAsync(database);
        var (agent, manager) = (await app.UserAsync(Role.Agent, Shop), await app.UserAsync(Role.Manager, Shop));
        var (given, waiting) = (await TaskAsync(agent), await TaskAsync(agent, state: "Waiting"));
        using var agents = await app.KeyClientAsync(Shop, [KeyScope.Desk, KeyScope.Tasks], agent.Name);
        using var managers = await app.KeyClientAsync(Shop, [KeyScope.Tasks], manager.Name);

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(agents, given, "assign", new { owner = manager.UserId }));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(agents, waiting, "decide", new { approve = true, reason = "please" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(managers, given, "assign", new { owner = Ids.New(TimeProvider.System) }));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(managers, given, "assign", new { owner = agent.UserId }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(managers, waiting, "decide", new { approve = true, reason = "" }));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(managers, waiting, "decide", new { approve = true, reason = "fair" }));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(managers, waiting, "decide", new { approve = false, reason = "no" }));
        var row = await RowAsync(managers, "", waiting);
        Assert.Equal(("Open", "fair"), (row.GetProperty("state").GetString(), row.GetProperty("decision").GetString()));
    }

    [Fact]
    public async Task Whoever_asked_cannot_agree_and_a_program_without_a_person_changes_nothing()
    {
        await using var app = await TestApp.StartAsync(database);
        var manager = await app.UserAsync(Role.Manager, Shop);
        var task = await TaskAsync(manager, state: "Waiting");
        using var own = await app.KeyClientAsync(Shop, [KeyScope.Tasks], manager.Name);
        using var nobody = await app.KeyClientAsync(Shop, [KeyScope.Tasks]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(own, task, "decide", new { approve = true, reason = "mine" }));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(nobody, task, "decide", new { approve = true, reason = "theirs" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(nobody, task, "close", new { done = true }));
        Assert.Equal("Waiting", (await RowAsync(own, "", task)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(KeyScope.Orders, "plum", HttpStatusCode.Forbidden)]
    [InlineData(KeyScope.Tasks, "pear", HttpStatusCode.NotFound)]
    public async Task Without_the_scope_or_in_another_shop_there_are_no_tasks(KeyScope scope, string shop, HttpStatusCode answer)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.GivenShopAsync(Other);
        var manager = await app.UserAsync(Role.Manager, Shop);
        var task = await TaskAsync(await app.UserAsync(Role.Agent, Shop), state: "Waiting");
        using var client = await app.KeyClientAsync(Shop, [scope], manager.Name);

        Assert.Equal(answer, (await client.GetAsync($"/api/v1/shops/{shop}/tasks")).StatusCode);
        foreach (var (step, body) in new (string, object)[] { ("close", new { done = true }), ("reopen", new { why = "x" }), ("assign", new { }), ("decide", new { approve = true, reason = "x" }) })
            Assert.Equal(answer, (await client.PostAsJsonAsync($"/api/v1/shops/{shop}/tasks/{task}/{step}", body)).StatusCode);
    }

    [Fact]
    public async Task A_task_that_is_not_there_or_somebody_elses_is_not_found()
    {
        await using var app = await TestApp.StartAsync(database);
        var (agent, other) = (await app.UserAsync(Role.Agent, Shop), await app.UserAsync(Role.Agent, Shop));
        var task = await TaskAsync(other, owner: other.UserId);
        using var client = await app.KeyClientAsync(Shop, [KeyScope.Desk], agent.Name);

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, Ids.New(TimeProvider.System), "close", new { done = true }));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, task, "close", new { done = true }));
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, Guid task, string step, object body) => (await client.PostAsJsonAsync($"{Tasks}/{task}/{step}", body)).StatusCode;

    private static async Task<JsonElement> RowAsync(HttpClient client, string query, Guid task) =>
        (await client.GetFromJsonAsync<JsonElement>(Tasks + query)).GetProperty("tasks").EnumerateArray().Single(row => row.GetProperty("taskId").GetGuid() == task);

    private async Task<Guid> TaskAsync(User creator, string state = "Open", string note = "", Guid? owner = null)
    {
        var (campaign, attempt, task, now) = (Ids.New(TimeProvider.System), Ids.New(TimeProvider.System), Ids.New(TimeProvider.System), TimeProvider.System.GetUtcNow());
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(
            """
            insert into campaigns (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, order_by, hold_for, call_script, line, created_at, updated_at)
            values (@Shop, @campaign, @campaign::text, 'A campaign', 'DeliveryCallBack', 'Paused', '1 day', '9 days', 'Value', '5 min', 'delivery-call-back', 'manual', @now, @now);
            insert into attempts (
                shop_id, attempt_id, campaign_id, purpose, kind, agent_id, hold_id, fence, line, phone_hash, phone_cipher, phone_last4, zone_key, gated_at, window_closes_at, gate_facts,
                call_script, script_version, state)
            values (@Shop, @attempt, @campaign, 'DeliveryCallBack', 'First', @UserId, @attempt, 1, 'manual', uuid_send(@attempt), '\x00', '1234', 'Asia/Shanghai', @now, @now, '{}', 'delivery-call-back', 1, 'Dialing');
            update attempts set state = 'Ended', settled_at = @now, ended_at = @now where attempt_id = @attempt;
            insert into follow_up_tasks (shop_id, task_id, attempt_id, kind, note, state, due_at, owner_id, created_by, created_at, amount, currency)
            values (@Shop, @task, @attempt, 'CourierChase', @note, @state, @now - interval '1 hour', @owner, @UserId, @now, 50, 'CNY')
            """,
            new { Shop, campaign, attempt, task, now, creator.UserId, state, note, owner },
            default);
        await session.CommitAsync();
        return task;
    }
}
