using Callback.Calls.LineUse;
using Callback.Calls.Recordings;
using Callback.Calls.Running;
using Callback.Telephony;
using Callback.Tests.Support;
using Callback.Windows;

namespace Callback.Tests.Calls.Bridged;

public sealed class RecordingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData(CallRecording.Off, RecordingRule.Allowed, CallRecording.Off)]
    [InlineData(CallRecording.Off, RecordingRule.Announce, CallRecording.Off)]
    [InlineData(CallRecording.WithNotice, RecordingRule.Allowed, CallRecording.WithNotice)]
    [InlineData(CallRecording.Always, RecordingRule.Allowed, CallRecording.Always)]
    [InlineData(CallRecording.Always, RecordingRule.Announce, CallRecording.WithNotice)]
    [InlineData(CallRecording.WithNotice, RecordingRule.Announce, CallRecording.WithNotice)]
    [InlineData(CallRecording.Always, RecordingRule.ConsentOfAll, CallRecording.Off)]
    [InlineData(CallRecording.WithNotice, RecordingRule.ConsentOfAll, CallRecording.Off)]
    public void The_stricter_of_shop_and_policy_is_in_force(CallRecording wish, RecordingRule rule, CallRecording inForce) => Assert.Equal(inForce, RecordingPolicy.InForce(wish, rule));

    [Fact]
    public async Task Nothing_is_recorded_unless_the_shop_wants_it()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);

        Assert.DoesNotContain(scene.Twilio.CallTo(number)!.Parameters, parameter => parameter.Key == "Record");
        Assert.Equal(RecordingNow.Off, (await scene.CallAsync(agent, attempt))!.Recording);
        await Assert.ThrowsAsync<InvalidInputException>(() => scene.Desk.Get<PauseRecording>().RunAsync(agent, attempt, true, default));
    }

    [Fact]
    public async Task With_notice_the_customer_hears_the_sentence_first()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        await scene.SetAsync(CallRecording.WithNotice);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();

        await scene.TalkAsync(agent, number);

        await scene.Twilio.UntilAsync(_ => scene.Seat(number)?.Status == "connected");
        Assert.StartsWith("say:zh-CN:", scene.Twilio.CallTo(number)!.Heard[0], StringComparison.Ordinal);
        Assert.Contains(scene.Twilio.CallTo(number)!.Parameters, parameter => parameter is { Key: "Record", Value: "true" });
    }

    [Fact]
    public async Task A_recording_is_paused_for_payment_data_linked_heard_by_managers_only_and_deleted_with_its_time()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        await scene.SetAsync(CallRecording.Always);
        var (agent, _) = await scene.ConnectedAsync();
        var (manager, _) = await scene.PersonAsync("boss", Role.Manager);
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);
        Assert.Equal(RecordingNow.On, (await scene.CallAsync(agent, attempt))!.Recording);
        Assert.Equal(RecordingNow.Paused, Assert.IsType<ActResult.Done>(await scene.Desk.Get<PauseRecording>().RunAsync(agent, attempt, true, default)).Call.Recording);
        await scene.Desk.Get<PauseRecording>().RunAsync(agent, attempt, false, default);
        await scene.Desk.PassTimeAsync(TimeSpan.FromSeconds(42));
        scene.Twilio.HangUp(scene.Twilio.CallTo(number)!.Sid);
        await scene.Twilio.UntilAsync(fake => fake.Webhooks.Any(hook => hook is { Kind: "recording", Event: "completed" }));
        await scene.HearAsync();

        var recording = Assert.Single(await scene.Desk.Get<ListRecordings>().RunAsync(manager, scene.Desk.Shop, attempt, default));
        Assert.True(recording is { State: RecordingState.Available, Channels: 2, Seconds: >= 41 });
        Assert.Equal(recording.StartedAt + RecordingPolicy.Retention, recording.ExpiresAt);
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Desk.Get<PlayRecording>().RunAsync(agent, new(scene.Desk.Shop, attempt), default));
        await HearAsync(scene, manager, attempt);

        await scene.Desk.PassTimeAsync(TimeSpan.FromDays(89));
        await scene.Desk.Get<DeleteRecordings>().RunOnceAsync(scene.Desk.Now, default);
        Assert.True((await scene.Desk.Get<ListRecordings>().RunAsync(manager, scene.Desk.Shop, attempt, default)).Single().CanBePlayed);
        await scene.Desk.PassTimeAsync(TimeSpan.FromDays(2));
        await scene.Desk.Get<DeleteRecordings>().RunOnceAsync(scene.Desk.Now, default);
        Assert.Equal(RecordingState.Deleted, (await scene.Desk.Get<ListRecordings>().RunAsync(manager, scene.Desk.Shop, attempt, default)).Single().State);
        Assert.IsType<PlayedRecording.None>(await scene.Desk.Get<PlayRecording>().RunAsync(manager, new(scene.Desk.Shop, attempt), default));
        Assert.Contains(scene.Twilio.Requests, request => request is { Method: "DELETE", Status: 204 });
    }

    /// <summary>Whole and in part; the listening is audited once, however many pieces the player asks for.</summary>
    private static async Task HearAsync(TwilioScene scene, Actor manager, Guid attempt)
    {
        var play = scene.Desk.Get<PlayRecording>();
        var whole = Assert.IsType<PlayedRecording.Playing>(await play.RunAsync(manager, new(scene.Desk.Shop, attempt), default));
        await using (whole.Sound)
            Assert.Equal("audio/x-wav", whole.Sound.ContentType);
        var part = Assert.IsType<PlayedRecording.Playing>(await play.RunAsync(manager, new(scene.Desk.Shop, attempt, From: 10, To: 19), default));
        await using (part.Sound)
        {
            Assert.StartsWith("bytes 10-19/", part.Sound.Range, StringComparison.Ordinal);
            Assert.Equal(10, part.Sound.Length);
        }
        Assert.Equal(1, await scene.Desk.OneAsync<int>(
            "select count(*)::integer from audit where shop_id = @Shop and action = 'recording.played' and actor_id = @UserId", new { scene.Desk.Shop, manager.UserId }));
    }
}
