using Callback.Compensation;
using Callback.Tests.Support;
using Callback.Tests.Windows;

namespace Callback.Tests.Compensation;

public sealed class PromiseBookTests
{
    [Fact]
    public void The_shipped_file_has_every_promise_and_no_mistake()
    {
        Assert.Equal(Enum.GetValues<PromiseKind>(), Claims.Book.Terms.Select(terms => terms.Kind));
        Assert.DoesNotContain(new PromisesConfigCheck().Check(Shipped.ConfigFolder), finding => finding.Kind != ConfigFindingKind.Fact);
    }

    [Theory]
    [InlineData("within: 48 h", "within: 48 h\n    count: days", "hours or workday-hours")]
    [InlineData("percent: 5", "percent: 500", "a whole number from 0 to 100")]
    [InlineData("least: { CNY: 1 }", "least: { CNY: 31 }", "not below 'least'")]
    [InlineData("within: 48 h", "within: 0 h", "above 0")]
    [InlineData("times: 2", "tims: 2", "unknown key 'promises.GenuineOrTriple.tims'; did you mean 'times'?")]
    [InlineData("reasons: [LooksNotGenuine]", "reasons: [LooksNotGenuin]", "did you mean 'LooksNotGenuine'")]
    [InlineData("task: ApologyVoucher", "task: Voucher", "outcomes.yaml has no 'Voucher'")]
    [InlineData("amount: { CNY: 10 }", "amount: { yuan: 10 }", "no currency")]
    [InlineData("amount: { CNY: 10 }", "amount: { CNY: -10 }", "an amount such as 10")]
    [InlineData("role: Manager", "role: Agent", "2 limits of Agent")]
    [InlineData("role: Manager", "role: Boss", "is not a value of")]
    public void A_mistake_is_told_with_its_line(string right, string wrong, string message)
    {
        using var folder = new TempFolder();
        foreach (var name in new[] { "outcomes.yaml", "promises.yaml" })
            File.WriteAllText(Path.Combine(folder.Path, name), File.ReadAllText(Path.Combine(Shipped.ConfigFolder, name)).Replace(right, wrong, StringComparison.Ordinal));

        var errors = new PromisesConfigCheck().Check(folder.Path).Where(finding => finding.Kind == ConfigFindingKind.Error).ToList();

        Assert.Contains(errors, error => error.Message.Contains(message, StringComparison.Ordinal) && error.Place is not null);
        Assert.Throws<RefusalException>(() => PromiseBook.Load(folder.Path));
    }

    [Theory]
    [InlineData("s1", "c1", 4)]
    [InlineData("s1", "other", 3)]
    [InlineData("other", "c1", 2)]
    [InlineData("other", "other", 1)]
    public void The_most_particular_limit_counts(string shop, string campaign, int most)
    {
        GrantLimit[] limits =
        [
            new(GrantRole.Agent, null, null, AmountTable.Only("CNY", 1)),
            new(GrantRole.Agent, "c1", null, AmountTable.Only("CNY", 2)),
            new(GrantRole.Agent, null, "s1", AmountTable.Only("CNY", 3)),
            new(GrantRole.Agent, "c1", "s1", AmountTable.Only("CNY", 4)),
            new(GrantRole.Manager, "c1", "s1", AmountTable.Only("CNY", 99)),
        ];

        Assert.Equal(most, GrantLimitPolicy.Of(limits, GrantRole.Agent, shop, campaign, "CNY"));
        Assert.Equal(0, GrantLimitPolicy.Of(limits, GrantRole.Agent, shop, campaign, "USD"));
    }

    [Fact]
    public void A_shop_switches_promises_for_itself_and_has_a_return_period_of_its_own()
    {
        var promises = ShopPromises.Of(Claims.Book, """{ "returnDays": 15, "promises": { "ShippingTime": false, "Unknown": true } }""");

        Assert.Equal((false, true), promises.Where(promise => promise.Terms.Kind == PromiseKind.ShippingTime).Select(promise => (promise.On, promise.Chosen)).Single());
        Assert.Equal(15, promises.Select(promise => promise.Terms).OfType<ReturnTerms>().Single().Days);
        Assert.All(promises.Where(promise => promise.Terms.Kind != PromiseKind.ShippingTime), promise => Assert.False(promise.Chosen));
    }
}
