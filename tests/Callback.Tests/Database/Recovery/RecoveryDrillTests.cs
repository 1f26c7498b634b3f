using System.Text;
using Callback.Calls;
using Callback.Database.Clock;
using Callback.Database.Embedded;
using Callback.Database.Recovery;
using Callback.Telephony.Twilio;
using Callback.Tests.Calls;
using Callback.Tests.Calls.Bridged;
using Callback.Tests.Support;

namespace Callback.Tests.Database.Recovery;

/// <summary>T18: a day's calls, a backup in the midst of them, further calls, the machine lost, the backup restored elsewhere.</summary>
public sealed class RecoveryDrillTests : IDisposable
{
    private const string Canary = "+8613912345678";
    private const string During = "+8613912345679";
    private const string Afterwards = "+8613912345680";

    private readonly TempFolder temp = new();

    [Fact]
    public async Task Nobody_who_rang_after_the_backup_rings_again_and_everything_promised_holds()
    {
        await using var postgres = await EmbeddedPostgres.OpenAsync(new(temp.Under("data")), serve: true, default);
        var database = await TestDatabase.OverAsync(postgres.ConnectionString);
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var before = await CustomerAsync(scene, Canary, 700m);
        await CallAsync(scene, agent, Canary);
        var (during, afterwards) = (await CustomerAsync(scene, During, 500m), await CustomerAsync(scene, Afterwards, 300m));
        var making = postgres.BackUpAsync(new(temp.Under("backup"), scene.Desk.Keys, "test", _ => { }), default);
        await CallAsync(scene, agent, During);
        await making;
        await CallAsync(scene, agent, Afterwards);

        await RestoreDatabase.RunAsync(new(temp.Under("backup"), new(temp.Under("elsewhere")), scene.Desk.Keys, KeepKeyring: true, Replace: false, OwnCluster.Now), default);
        await using var other = await EmbeddedPostgres.OpenAsync(new(temp.Under("elsewhere")), serve: true, default);
        var copy = await TestDatabase.OverAsync(other.ConnectionString);
        await using (var desk = scene.Desk.On(copy, services => services.AddTwilio(scene.Account)))
        {
            // As the restored program does when it starts, before anybody can adopt.
            await new ClockBeat(copy.Source, new(TimeProvider.System), new(), new(null)).RunOnceAsync(default);
            Assert.Equal((1, 0), (await desk.AttemptsAsync(before), await desk.AttemptsAsync(afterwards)));
            var hold = await desk.TakeAsync(agent);
            Assert.Equal("EpochChanged", Assert.IsType<DialResult.Blocked>(await desk.DialAsync(agent, hold)).Reason);

            Assert.InRange((await desk.Get<AdoptCalls>().RunAsync(Actor.System("test"), default)).Adopted, 1, 2);
            Assert.True((await desk.Get<AdoptEpoch>().RunAsync(Actor.System("test"), default)).Reconciled);

            Assert.Equal((1, 1, 1), (await desk.AttemptsAsync(before), await desk.AttemptsAsync(during), await desk.AttemptsAsync(afterwards)));
            Assert.IsNotType<DialResult.Dialing>(await desk.DialAsync(agent, hold));
            await desk.PlanAsync();
            Assert.IsType<HoldResult.NothingWaiting>(await desk.HoldAsync(agent));
            Assert.All(new[] { Canary, During, Afterwards }, number => Assert.Equal(1, scene.Twilio.RingsOf(number).Rang));
            Assert.True((await desk.Get<VerifyInvariants>().RunAsync(Actor.System("test"), default)).Clean);
        }
        await copy.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Erasing a person is not a thing the program does yet; what a stolen backup must not tell is held here.</summary>
    [Fact]
    public async Task A_number_is_nowhere_in_a_backup()
    {
        await using var postgres = await EmbeddedPostgres.OpenAsync(new(temp.Under("data")), serve: true, default);
        var database = await TestDatabase.OverAsync(postgres.ConnectionString);
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        await CustomerAsync(scene, Canary, 700m);
        await CallAsync(scene, agent, Canary);
        await postgres.BackUpAsync(new(temp.Under("backup"), scene.Desk.Keys, "test", _ => { }), default);

        var canaries = new[] { Canary[3..], phone[3..] }.Select(Encoding.ASCII.GetBytes).ToList();
        foreach (var file in Directory.EnumerateFiles(temp.Under("backup"), "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.DoesNotContain(canaries, canary => bytes.AsSpan().IndexOf(canary) >= 0);
        }
        await database.DisposeAsync();
    }

    public void Dispose() => temp.Dispose();

    private static async Task<string> CustomerAsync(TwilioScene scene, string number, decimal amount)
    {
        scene.Twilio.Set(number, new() { HangsUpAfter = TimeSpan.FromMilliseconds(10) });
        var order = await scene.Desk.OrderAsync(number, amount: amount);
        await scene.Desk.PlanAsync();
        return order;
    }

    private static async Task CallAsync(TwilioScene scene, Actor agent, string number)
    {
        var attempt = await scene.TalkAsync(agent, number, "completed");
        await scene.Desk.RecordAsync(agent, attempt, DeskScene.Outcome("NoAnswer"));
    }
}
