using Callback.Database.Clock;
using Callback.Health;
using Callback.Telephony;
using Callback.Tests.Calls;
using Callback.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Tests.Health;

/// <summary>A shop at work whose rows a test writes itself: attempts in any state and age.</summary>
internal sealed class HealthScene(DeskScene desk) : IAsyncDisposable
{
    public static readonly Actor Operator = Actor.System("test");

    public DeskScene Desk => desk;

    /// <param name="database">The class's; figures count all of it, so a test compares before and after.</param>
    /// <param name="line">A line that is asked only after a silence, like a provider's.</param>
    public static async Task<HealthScene> OpenAsync(TestDatabase database, bool line = false) => new(await DeskScene.OpenAsync(database, replace: services =>
    {
        services.AddSingleton<ClockHealth>().AddHealth();
        if (line)
            services.AddSingleton<ILine>(new SparingLine());
    }));

    public Task<HealthReport> MeasureAsync() => desk.Get<GetHealth>().RunAsync(Operator, default);

    /// <summary>What a change of rows does to a figure.</summary>
    public async Task<(double? Before, double? After)> AroundAsync(HealthLimit limit, Func<Task> change)
    {
        var before = (await MeasureAsync())[limit].Value;
        await change();
        return (before, (await MeasureAsync())[limit].Value);
    }

    /// <param name="age">How long ago the gate let it pass.</param>
    /// <param name="set">The columns that make its state, as in an update.</param>
    /// <param name="line">Which line it was on.</param>
    public async Task<Guid> AttemptAsync(TimeSpan age, string set = "state = 'Unknown'", string line = "manual")
    {
        var id = Ids.New(desk.Now);
        var agent = await desk.AgentAsync();
        await desk.SqlAsync(
            $"""
            insert into attempts
                (shop_id, attempt_id, campaign_id, purpose, kind, agent_id, hold_id, fence, line, phone_hash, phone_cipher, phone_last4, zone_key, gated_at, window_closes_at, gate_facts,
                call_script, script_version, state)
            values
                (@Shop, @id, @Campaign, 'PaymentReminder', 'First', @agent, @id, 1, @line, @hash, '', '0000', 'Asia/Shanghai', @at, @at, '{"{}"}', 'x', 1, 'Dialing');
            update attempts set state = 'Unknown' where shop_id = @Shop and attempt_id = @id and @late;
            update attempts set {set} where shop_id = @Shop and attempt_id = @id
            """,
            new { desk.Shop, id, desk.Campaign, agent = agent.UserId, line, hash = id.ToByteArray(), at = desk.Now - age, now = desk.Now, late = set.Contains("'Spent'", StringComparison.Ordinal) });
        return id;
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    private sealed class SparingLine : ILine
    {
        private readonly ScriptedLine inner = new("asked");

        public string Name => inner.Name;

        public LineCapabilities Capabilities => inner.Capabilities with { AskAfter = TimeSpan.FromSeconds(15) };

        public Task<LineAnswer> PlaceAsync(LineCall call, Deadline deadline, CancellationToken ct) => inner.PlaceAsync(call, deadline, ct);

        public Task<LineEvent?> HangUpAsync(LineCall call, CancellationToken ct) => inner.HangUpAsync(call, ct);

        public Task<FoundCall> FindAsync(LineCall call, CancellationToken ct) => inner.FindAsync(call, ct);

        public Task<IReadOnlyList<LineEvent>> PollAsync(LineCall call, CancellationToken ct) => inner.PollAsync(call, ct);
    }
}
