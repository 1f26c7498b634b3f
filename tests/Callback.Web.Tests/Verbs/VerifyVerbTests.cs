using Callback.Calls;
using Callback.Web.Verbs;

namespace Callback.Web.Tests.Verbs;

public sealed class VerifyVerbTests
{
    private static readonly InvariantReport Clean = new("one-attempt-per-right", "Nobody was called twice by one right.", 120, 0, []);

    private static readonly InvariantReport Broken = new(
        "do-not-call-stands", "Who asked not to be called stands on the list.", 7, 22, [new("linjian", "attempt:1", "is not on the list")]);

    [Fact]
    public void A_clean_report_says_what_was_looked_at() =>
        Assert.Equal(
            ["ok    Nobody was called twice by one right. (120 rows looked at)", "Clean."],
            VerifyVerb.Text(new(default, [Clean])).Split(Environment.NewLine));

    [Fact]
    public void A_violation_is_named_with_shop_and_subject_and_what_is_left_out_is_counted() =>
        Assert.Equal(
            [
                "ok    Nobody was called twice by one right. (120 rows looked at)",
                "FOUND Who asked not to be called stands on the list. (7 rows looked at; 22 violations)",
                "        linjian  attempt:1  is not on the list",
                "        … and 21 more",
                "Something is wrong: see FOUND above.",
            ],
            VerifyVerb.Text(new(default, [Clean, Broken])).Split(Environment.NewLine));
}
