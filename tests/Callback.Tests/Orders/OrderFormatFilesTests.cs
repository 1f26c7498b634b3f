using System.Text.Json;
using Callback.Orders.Formats;

namespace Callback.Tests.Orders;

public sealed class OrderFormatFilesTests
{
    private const string Good =
        """
        name: mine
        title: { zh-CN: 我的, en: Mine }
        requires: [no]
        columns: { orderNo: [no], amount: [sum], orderedAt: [at] }
        status: [{ columns: [state], words: { new: Unpaid } }]
        dates: [yyyy-MM-dd]
        """;

    private static List<ConfigFinding> Check(string yaml)
    {
        var folder = Directory.CreateTempSubdirectory("callback-formats");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, OrderFormatBook.Folder));
            File.WriteAllText(Path.Combine(folder.FullName, OrderFormatBook.Folder, "mine.yaml"), yaml);
            return [.. new OrderFormatCheck().Check(folder.FullName)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_shipped_formats_are_without_fault_and_are_the_five_that_are_promised()
    {
        var findings = new OrderFormatCheck().Check(OrdersGround.ConfigFolder).ToList();
        Assert.DoesNotContain(findings, finding => finding.Kind != ConfigFindingKind.Fact);
        Assert.Equal(["generic", "jd", "shopify", "taobao", "woocommerce"], OrdersGround.Formats.Formats.Select(format => format.Name));
    }

    [Fact]
    public void A_good_file_is_told_as_a_fact() => Assert.Equal(ConfigFindingKind.Fact, Assert.Single(Check(Good)).Kind);

    [Theory]
    [InlineData("dates: [yyyy-MM-dd]", "dats: [yyyy-MM-dd]", "dats")]
    [InlineData("orderNo: [no]", "orderNr: [no]", "columns.orderNr")]
    [InlineData("orderNo: [no], ", "", "orderNo is needed")]
    [InlineData("Unpaid", "Waiting", "'Waiting' is no status")]
    [InlineData("en: Mine", "de: Meins", "zh-CN and en")]
    [InlineData("requires: [no]", "requires: [no]\nzone: Mars/Olympus", "no IANA zone")]
    [InlineData("requires: [no]", "requires: [no]\nrows: cell", "Allowed: order, item")]
    [InlineData("requires: [no]", "requires: [no]\ncurrency: yuan", "currency")]
    [InlineData("requires: [no]", "requires: [no]\ndaysToDelivery: 99", "outside 0–60")]
    [InlineData("requires: [no]", "requires: [no]\nexportTime: { pattern: '(', form: yyyy }", "exportTime.pattern")]
    [InlineData("requires: [no]", "requires: [no]\nexportTime: { pattern: 'x', form: yyyy }", "group")]
    [InlineData("name: mine", "name: yours", "must be the file's name")]
    [InlineData("words: { new: Unpaid }", "optional: true", "either words or filled")]
    [InlineData("requires: [no]", "requires: [", "")]
    public void What_is_wrong_is_named(string part, string change, string named)
    {
        var findings = Check(Good.Replace(part, change, StringComparison.Ordinal)).Where(finding => finding.Kind == ConfigFindingKind.Error).ToList();
        Assert.Contains(findings, finding => $"{finding.Place} {finding.Message}".Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void The_schema_for_editors_knows_the_same_keys_fields_and_statuses_as_the_program()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(OrdersGround.ConfigFolder, "schemas", "order-format.schema.json")));
        var properties = schema.RootElement.GetProperty("properties");
        Assert.Equal(Camel(typeof(OrderFormatFile).GetProperties().Select(property => property.Name)), Names(properties));
        Assert.Equal(Camel(Enum.GetNames<OrderField>()), properties.GetProperty("columns").GetProperty("propertyNames").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(Camel(typeof(OrderFormatFile.StatusForm).GetProperties().Select(property => property.Name)), Names(properties.GetProperty("status").GetProperty("items").GetProperty("properties")));
        Assert.Equal(Enum.GetNames<OrderStatus>(), schema.RootElement.GetProperty("$defs").GetProperty("status").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!));
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)];

    private static string[] Camel(IEnumerable<string> names) => [.. names.Select(name => char.ToLowerInvariant(name[0]) + name[1..]).Order(StringComparer.Ordinal)];
}
