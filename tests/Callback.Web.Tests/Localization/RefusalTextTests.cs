using Callback.Telephony.Twilio;
using Callback.Web.Localization;

namespace Callback.Web.Tests.Localization;

public sealed class RefusalTextTests
{
    [Fact]
    public void Every_refusal_of_twilios_is_said_in_words_and_no_sentence_is_left_over()
    {
        string[] codes = ["deadline", "twilio-unreachable", "twilio-refused", .. TwilioRefusals.Known.Select(number => $"twilio-refused-{number}")];
        var book = new TextBook();
        Assert.Equal(
            codes.Select(code => $"problem.{code}").Order(StringComparer.Ordinal),
            book.Keys.Where(key => key == "problem.deadline" || key.StartsWith("problem.twilio-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
