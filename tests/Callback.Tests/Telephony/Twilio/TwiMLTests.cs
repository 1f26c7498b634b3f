using System.Xml.Linq;
using Callback.Telephony.Twilio;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Telephony.Twilio;

public sealed class TwiMLTests
{
    [Fact]
    public void A_leg_enters_its_room_silently_and_the_rooms_events_are_told()
    {
        var twiml = new TwiML().Conference(new("cb-1", "agent") { EndOnExit = true, Status = new("https://a.example/hook?x=1&y=2") }).ToString();
        Assert.Equal(
            "<Response><Dial><Conference beep=\"false\" startConferenceOnEnter=\"true\" endConferenceOnExit=\"true\" waitUrl=\"\" participantLabel=\"agent\""
                + " statusCallback=\"https://a.example/hook?x=1&amp;y=2\" statusCallbackEvent=\"start end join leave mute hold\">cb-1</Conference></Dial></Response>",
            twiml);
    }

    [Fact]
    public void A_supervisor_coaches_one_leg_and_is_told_where_to_go_after()
    {
        var conference = XDocument.Parse(new TwiML()
            .Conference(new("cb-1", "supervisor") { CoachCallSid = Samples.CallSid, Muted = true, StartOnEnter = false, WaitUrl = new("https://a.example/music"), Action = new("https://a.example/left") })
            .ToString()).Root!.Element("Dial")!;
        Assert.Equal("https://a.example/left", (string?)conference.Attribute("action"));
        Assert.Equal(
            (Samples.CallSid, "true", "false", "https://a.example/music"),
            ((string?)conference.Element("Conference")!.Attribute("coach"), (string?)conference.Element("Conference")!.Attribute("muted"), (string?)conference.Element("Conference")!.Attribute("startConferenceOnEnter"), (string?)conference.Element("Conference")!.Attribute("waitUrl")));
    }

    [Fact]
    public void Parts_stand_in_the_order_they_were_written() => Assert.Equal(
        "<Response><Pause length=\"2\" /><Play digits=\"ww12#\" /><Play>https://a.example/a.mp3</Play><Redirect>https://a.example/next</Redirect><Hangup /></Response>",
        new TwiML().Pause(TimeSpan.FromSeconds(1.2)).PlayDigits("ww12#").Play(new("https://a.example/a.mp3")).Redirect(new("https://a.example/next")).Hangup().ToString());

    [Fact]
    public void Keys_are_awaited_while_the_sentence_is_spoken() => Assert.Equal(
        "<Response><Gather input=\"dtmf\" numDigits=\"1\" timeout=\"5\" action=\"https://a.example/keys\"><Say language=\"zh-CN\" voice=\"Polly.Zhiyu-Neural\">按 1 接通</Say></Gather><Hangup /></Response>",
        new TwiML().Gather("按 1 接通", "zh-CN", 1, TimeSpan.FromSeconds(5), new("https://a.example/keys")).Hangup().ToString());

    [Fact]
    public void English_is_spoken_by_an_english_voice() =>
        Assert.Contains("language=\"en-US\" voice=\"Polly.Joanna-Neural\"", new TwiML().Say("Sorry.", "en").ToString(), StringComparison.Ordinal);

    /// <summary>A customer's name may hold anything: it is spoken, never understood as a command.</summary>
    [Fact]
    public void Any_text_stays_text() => Prop.ForAll<string?>(text =>
    {
        var said = XDocument.Parse(new TwiML().Say($"<Hangup/>{text}", "zh-CN").ToString()).Root!;
        return said.Elements().Count() == 1 && !said.Element("Say")!.HasElements && said.Element("Say")!.Value.StartsWith("<Hangup/>", StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();
}
