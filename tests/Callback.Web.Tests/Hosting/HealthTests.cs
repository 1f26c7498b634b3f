using System.Net;
using System.Text.Json;
using Callback.Database.Clock;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Hosting;

public sealed class HealthTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_running_program_is_alive()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = app.Client();
        Assert.Equal("alive", await client.GetStringAsync("healthz"));
    }

    [Fact]
    public async Task A_healthy_node_is_ready()
    {
        await using var app = await TestApp.StartAsync(database);
        var (status, report) = await ReadyAsync(app);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(new[] { "database", "migrations", "clock", "jobs" }, name => Assert.True(report.GetProperty(name).GetProperty("ok").GetBoolean(), report.ToString()));
    }

    [Fact]
    public async Task A_node_whose_clock_is_off_is_not_ready_and_says_so()
    {
        await using var app = await TestApp.StartAsync(database);
        app.Services.GetRequiredService<ClockHealth>().Note(new ClockReading(TimeSpan.FromSeconds(3), TimeSpan.Zero));
        var (status, report) = await ReadyAsync(app);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("00:00:03", report.GetProperty("clock").GetProperty("says").GetString(), StringComparison.Ordinal);
        Assert.True(report.GetProperty("database").GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_pass_nobody_wakes_makes_the_node_not_ready()
    {
        await using var app = await TestApp.StartAsync(database);
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            insert into qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery)
            values ('callback', 'plan', 'passes', 'x', true, true, false, false);
            insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, trigger_state, trigger_type, start_time, next_fire_time)
            values ('callback', 'plan', 'passes', 'plan', 'passes', 'WAITING', 'SIMPLE', 0, 1)
            """);
        var (status, report) = await ReadyAsync(app);
        await connection.ExecuteAsync("delete from qrtz_triggers; delete from qrtz_job_details");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("'plan' is overdue", report.GetProperty("jobs").GetProperty("says").GetString(), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Report)> ReadyAsync(TestApp app)
    {
        using var client = app.Client();
        using var answer = await client.GetAsync(new Uri("readyz", UriKind.Relative));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }
}
