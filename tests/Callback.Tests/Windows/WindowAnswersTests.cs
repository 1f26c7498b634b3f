using Callback.Windows;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Windows;

public sealed class WindowAnswersTests
{
    private static readonly string[] Zones = ["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/New_York|Europe/London"];

    private static readonly Arbitrary<(string Zone, DateTimeOffset At, bool Promised)[]> Questions = (
        from zone in Gen.Elements(Zones)
        from minute in Gen.Choose(0, 60 * 24 * 400)
        from promised in Gen.Elements(true, false)
        select (zone, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute), promised)).ArrayOf(8).ToArbitrary();

    [Fact]
    public void What_is_kept_is_what_the_policy_says_however_often_and_in_whatever_order_it_is_asked()
    {
        var policy = Shipped.Policies.Effective("cn-default");
        var answers = new WindowAnswers(policy);

        Prop.ForAll(Questions, questions => questions.Concat(questions.Reverse()).All(asked =>
        {
            var zone = new ZoneKey(asked.Zone);
            var (state, opens) = asked.Promised
                ? (WindowPolicy.AtPromised(policy, zone, asked.At), WindowPolicy.NextPromisedOpening(policy, zone, asked.At))
                : (WindowPolicy.At(policy, zone, asked.At), WindowPolicy.NextOpening(policy, zone, asked.At));
            return answers.At(zone, asked.At, asked.Promised) == state && answers.NextOpening(zone, asked.At, asked.Promised) == opens;
        })).QuickCheckThrowOnFailure();
    }
}
