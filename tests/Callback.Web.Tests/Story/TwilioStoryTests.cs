using System.Net;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TwilioFake;
using static Microsoft.Playwright.Assertions;

namespace Callback.Web.Tests.Story;

/// <summary>A shop's calls through Twilio in real browsers: administrator, agent and manager on the screens, a fake Twilio and its phones at the other end.</summary>
public sealed class TwilioStoryTests(TestDatabase database) : DemoStory(database), IClassFixture<TestDatabase>
{
    private const string CallerId = "+15005550006";
    private const string AgentPhone = "+12025550143";
    private const string ManagerPhone = "+12025550144";

    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 30_000 };

    private readonly List<string> refusals = [];

    private FakeTwilio fake = null!;

    private protected override FakeTwilio Line => fake;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync("update campaigns set line = 'twilio'");
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await fake.DisposeAsync();
    }

    private protected override async Task PrepareAsync()
    {
        fake = await FakeTwilio.StartAsync(new() { Time = Time });
        fake.SetDefault(new Phone { Manner = PhoneManner.Waits });
        fake.Set(ManagerPhone, new Phone { Manner = PhoneManner.Answers });
    }

    [Fact]
    public async Task An_agent_calls_through_Twilio_from_the_first_ring_of_the_own_phone_to_the_saved_result_and_the_recording()
    {
        await SetUpAsync(await WatchedAsync(Role.Admin));
        var manager = await WatchedAsync(Role.Manager);
        await SetPhoneAsync(manager, ManagerPhone);
        var agent = await WatchedAsync(Role.Agent);
        await SetPhoneAsync(agent, AgentPhone);

        await ReadyAsync(agent);
        await DialAsync(agent);
        await ListenAsync(manager, agent);
        await HoldAsync(agent);
        await PauseRecordingAndPressKeysAsync(agent);
        await HandOverAndTakeBackAsync(agent);
        await agent.Keyboard.PressAsync("e");
        await DeskHands.SeeAsync(agent, ".desk-card.is-wrapup");
        await SaveAsync(agent);

        await HearAsync(manager);
        Assert.Equal(new Rings(1, 1), fake.RingsOf(CustomerCall.To));
        Assert.DoesNotContain(CustomerCall.To[3..], Sent.All, StringComparison.Ordinal);
        Assert.All(refusals, text => Assert.Contains("422", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_is_handed_over_goes_on_without_the_agent_who_writes_its_result_later()
    {
        await SetUpAsync(await WatchedAsync(Role.Admin));
        var manager = await WatchedAsync(Role.Manager);
        await SetPhoneAsync(manager, ManagerPhone);
        var agent = await WatchedAsync(Role.Agent);
        await SetPhoneAsync(agent, AgentPhone);

        await ReadyAsync(agent);
        await DialAsync(agent);
        await agent.Keyboard.PressAsync("w");
        await agent.Keyboard.PressAsync("1");
        await DeskHands.SeeAsync(agent, "#phone-complete");
        await agent.Keyboard.PressAsync("w");
        await DeskHands.SeeAsync(agent, ".desk-card.is-held");
        await fake.CallAsync(AgentPhone, "completed");
        Assert.Equal(["in-progress", "in-progress"], [CustomerCall.Status, fake.CallTo(ManagerPhone)!.Status]);
        await Expect(agent.Locator(".phone-mine")).ToContainTextAsync("上一通电话已转出");
        await Browser.KeepAsync(agent, "twilio-transferred");

        fake.HangUp(CustomerCall.Sid);
        await fake.QuietAsync();
        await agent.GotoAsync("/desk");
        await agent.Keyboard.PressAsync("q");
        await agent.ClickAsync(".menu-item[formaction='/desk/away']");
        await DeskHands.SeeAsync(agent, ".ready-panel");
        await agent.ClickAsync("summary.is-attention");
        await agent.ClickAsync(".wrap-up-list .menu-item");
        await DeskHands.SeeAsync(agent, ".desk-card.is-wrapup");
        await SaveAsync(agent);
        Assert.Equal("WillPay", await OneAsync<string>("select outcome from follow_ups order by at desc limit 1"));
    }

    private SeenCall CustomerCall => fake.Calls.Single(call => IsCustomer(call));

    /// <summary>The administrator checks the account, sets the number customers see, and has the own phone called.</summary>
    private async Task SetUpAsync(IPage admin)
    {
        await admin.GotoAsync("/lines");
        await admin.ClickAsync("form[action='/lines/check'] button");
        await Expect(admin.Locator(".notice.is-good")).ToBeVisibleAsync(Patient);
        await admin.FillAsync(".line-shop input[name=callerId]", CallerId);
        await admin.SelectOptionAsync(".line-shop select[name=recording]", "Always");
        await admin.CheckAsync(".line-shop input[name=machineDetection]");
        await admin.ClickAsync(".line-shop button");
        await Expect(admin.Locator("#flash .notice")).ToBeVisibleAsync(Patient);
        var found = await admin.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id} {node.Html}"))));
        await Browser.KeepAsync(admin, "twilio-lines");
    }

    private async Task SetPhoneAsync(IPage page, string number)
    {
        await page.GotoAsync("/account");
        await page.SelectOptionAsync("#phone select[name=kind]", "Phone");
        await page.FillAsync("#phone input[name=address]", number);
        await page.ClickAsync("#phone button");
        await Expect(page.Locator("#flash .notice")).ToBeVisibleAsync(Patient);
        await Browser.KeepAsync(page, "twilio-account");
    }

    /// <summary>Going ready rings the agent's own phone; picked up, it stays connected.</summary>
    private async Task ReadyAsync(IPage agent)
    {
        await agent.GotoAsync("/desk");
        await agent.Locator(".campaign-choice", new() { HasText = "售后回访" }).Locator("input").UncheckAsync();
        await agent.Keyboard.PressAsync("g");
        await DeskHands.SeeAsync(agent, ".desk-card.is-held");
        await fake.UntilAsync(network => network.CallTo(AgentPhone)?.Status == "ringing");
        await Browser.KeepAsync(agent, "twilio-rings");
        fake.Answer(fake.CallTo(AgentPhone)!.Sid);
        await Expect(agent.Locator("#phone .status.is-good")).ToBeVisibleAsync(Patient);
    }

    private async Task DialAsync(IPage agent)
    {
        await DeskHands.TickAllAsync(agent);
        await agent.Keyboard.PressAsync("d");
        await DeskHands.SeeAsync(agent, ".desk-card.is-calling");
        await fake.UntilAsync(network => network.Calls.Any(call => IsCustomer(call) && call.Status == "ringing"));
        fake.Answer(CustomerCall.Sid);
        await DeskHands.SeeAsync(agent, ".desk-card.is-talking");
        await Expect(agent.Locator("#phone-hold")).ToBeVisibleAsync(Patient);
        await Browser.KeepAsync(agent, "twilio-talking");
    }

    private async Task ListenAsync(IPage manager, IPage agent)
    {
        await manager.GotoAsync("/calls");
        await manager.ClickAsync("button[name=mode][value=Listen]");
        await Expect(manager.Locator("button[name=mode][value=Listen][aria-pressed=true]:enabled")).ToBeVisibleAsync(Patient);
        await Browser.KeepAsync(manager, "twilio-calls");
        Assert.True(InRoom(ManagerPhone).Muted);
        await Expect(agent.Locator(".phone-hints .status.is-info")).ToBeVisibleAsync(Patient);
        await manager.ClickAsync("button[name=mode][value=Whisper]");
        await fake.UntilAsync(_ => InRoom(ManagerPhone) is { Coaching: true, Muted: false });
        await manager.ClickAsync("button[name=mode][value='']");
        await fake.CallAsync(ManagerPhone, "completed");
    }

    private async Task HoldAsync(IPage agent)
    {
        await agent.Keyboard.PressAsync("h");
        await fake.UntilAsync(_ => InRoom(CustomerCall.To).Hold);
        await Expect(agent.Locator("#phone-hold[aria-pressed=true]")).ToBeVisibleAsync(Patient);
        await agent.Keyboard.PressAsync("h");
        await fake.UntilAsync(_ => !InRoom(CustomerCall.To).Hold);
        await Expect(agent.Locator("#phone-hold[aria-pressed=false]")).ToBeVisibleAsync(Patient);
        await agent.Keyboard.PressAsync("v");
        await fake.UntilAsync(_ => InRoom(AgentPhone).Muted);
        await Expect(agent.Locator("#phone-mute[aria-pressed=true]")).ToBeVisibleAsync(Patient);
        await agent.Keyboard.PressAsync("v");
        await Expect(agent.Locator("#phone-mute[aria-pressed=false]")).ToBeVisibleAsync(Patient);
    }

    private async Task PauseRecordingAndPressKeysAsync(IPage agent)
    {
        await agent.Keyboard.PressAsync("j");
        await Expect(agent.Locator("#phone-recording[value=false]")).ToBeVisibleAsync(Patient);
        await agent.Keyboard.PressAsync("j");
        await Expect(agent.Locator("#phone-recording[value=true]")).ToBeVisibleAsync(Patient);
        await agent.Keyboard.PressAsync("k");
        await agent.Keyboard.TypeAsync("1");
        await agent.ClickAsync("[data-digit='2']");
        await Browser.KeepAsync(agent, "twilio-keypad");
        await agent.Keyboard.PressAsync("Enter");
        await fake.UntilAsync(_ => CustomerCall.Heard.Contains("digits:12"));
        await fake.UntilAsync(_ => InRoom(CustomerCall.To).Status == "connected");
        await Expect(agent.Locator(".keypad-menu:not([open])")).ToBeVisibleAsync(Patient);
    }

    private async Task HandOverAndTakeBackAsync(IPage agent)
    {
        await agent.Keyboard.PressAsync("w");
        await agent.Keyboard.PressAsync("1");
        await DeskHands.SeeAsync(agent, "#phone-complete");
        Assert.True(InRoom(CustomerCall.To).Hold);
        await Browser.KeepAsync(agent, "twilio-transfer");
        await agent.Keyboard.PressAsync("h");
        await DeskHands.SeeAsync(agent, "#phone-hold");
        await fake.UntilAsync(_ => !InRoom(CustomerCall.To).Hold);
    }

    private static async Task SaveAsync(IPage agent)
    {
        await agent.CheckAsync("#outcome-WillPay");
        await agent.FillAsync("#note", "答应今晚付款");
        await DeskHands.TickAllAsync(agent);
        await agent.Keyboard.PressAsync("Control+Enter");
        await DeskHands.SeeAsync(agent, ".desk-card.is-held");
    }

    /// <summary>The manager finds the recording at the call, and hears it through this server.</summary>
    private async Task HearAsync(IPage manager)
    {
        await fake.QuietAsync();
        var attempt = await OneAsync<Guid>("select attempt_id from follow_ups order by at desc limit 1");
        await manager.GotoAsync($"/log/{attempt}");
        await DeskHands.SeeAsync(manager, "audio.recording-player");
        await Browser.KeepAsync(manager, "twilio-recording");
        var address = await manager.GetAttributeAsync("audio.recording-player", "src");
        var sound = await manager.APIRequest.GetAsync(address!);
        Assert.Equal((int)HttpStatusCode.OK, sound.Status);
        Assert.Equal("RIFF"u8.ToArray(), (await sound.BodyAsync())[..4]);
        Assert.Equal(1L, await OneAsync<long>("select count(*) from audit where action = 'recording.played'"));
    }

    private SeenParticipant InRoom(string number)
    {
        var sid = fake.CallTo(number)!.Sid;
        return fake.Conferences.SelectMany(room => room.Participants).Last(who => who.CallSid == sid);
    }

    private async Task<IPage> WatchedAsync(Role role)
    {
        var page = await PageAsync(role);
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) => { if (message.Type == "error") refusals.Add(message.Text); };
        return page;
    }

    private static bool IsCustomer(SeenCall call) => call.To is not (AgentPhone or ManagerPhone);
}
