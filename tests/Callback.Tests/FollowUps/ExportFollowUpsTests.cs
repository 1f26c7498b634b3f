using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Callback.CallScripts;
using Callback.Database;
using Callback.FollowUps.Export;
using Callback.Tests.Support;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Callback.Tests.FollowUps;

public sealed class ExportFollowUpsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly ManualTime time = new(LogScene.Noon);

    [Fact]
    public async Task Export_stands_in_the_audit_with_rows_and_checksum()
    {
        var scene = await new LogScene(database, "audited").BeginAsync();
        await scene.FollowUpAsync();
        using var file = new MemoryStream();
        var exported = await Export(scene, scene.Manager, file, ExportFormat.Csv);

        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        var details = await session.QuerySingleAsync<string>("select details::text from audit where shop_id = 'audited' and action = 'log.exported'", null, default);
        Assert.Contains(exported.Sha256, details, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.ToArray())), exported.Sha256);
        Assert.Equal(1, exported.Rows);
    }

    [Fact]
    public async Task A_leaked_row_of_a_canary_customer_leads_to_the_exports_maker()
    {
        var scene = await new LogScene(database, "canary").BeginAsync();
        await scene.FollowUpAsync(products: "金丝雀牌童鞋");
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        await Export(scene, scene.Manager, first, ExportFormat.Csv);
        var leaked = await Export(scene, scene.Manager with { Name = "leaker" }, second, ExportFormat.Csv);

        var row = Encoding.UTF8.GetString(second.ToArray()).Split('\n').Single(line => line.Contains("金丝雀", StringComparison.Ordinal));
        var traced = Assert.Single(await new TraceExport(database.Db).RunAsync(Actor.System("test"), row, default));
        Assert.Equal(("leaker", leaked.ExportNo), (traced.ActorName, traced.ExportNo));
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    public async Task No_export_carries_a_phone_number(ExportFormat format)
    {
        var scene = await new LogScene(database, $"phones-{format}".ToLower(CultureInfo.InvariantCulture)).BeginAsync();
        await scene.FollowUpAsync(phone: "+8613912345678");
        using var file = new MemoryStream();
        await Export(scene, scene.Manager, file, format);
        var text = format == ExportFormat.Csv ? Encoding.UTF8.GetString(file.ToArray()) : string.Join('\n', Cells(file).Select(cell => cell.InnerText));
        Assert.DoesNotContain("13912345678", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_note_is_text_in_both_formats_asvs_1_2_10()
    {
        var scene = await new LogScene(database, "hostile").BeginAsync();
        await scene.FollowUpAsync(note: "=HYPERLINK(\"http://127.0.0.1\")\u0001", name: "@SUM(1)");
        using var csv = new MemoryStream();
        await Export(scene, scene.Manager, csv, ExportFormat.Csv);
        Assert.Contains(",'@SUM(1),", Encoding.UTF8.GetString(csv.ToArray()), StringComparison.Ordinal);

        using var xlsx = new MemoryStream();
        await Export(scene, scene.Manager, xlsx, ExportFormat.Xlsx);
        var cells = Cells(xlsx);
        Assert.All(cells, cell => Assert.Null(cell.CellFormula));
        Assert.Contains(cells, cell => cell.InnerText == "=HYPERLINK(\"http://127.0.0.1\")" && cell.DataType! == CellValues.InlineString);
    }

    [Fact]
    public async Task An_agent_may_not_export_and_nothing_is_recorded()
    {
        var scene = await new LogScene(database, "forbidden").BeginAsync();
        using var file = new MemoryStream();
        await Assert.ThrowsAsync<NotPermittedException>(() => Export(scene, scene.AgentActor, file, ExportFormat.Csv));
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        Assert.Equal(0, await session.QuerySingleAsync<long>("select count(*) from exports where shop_id = 'forbidden'", null, default));
    }

    [Fact]
    public async Task An_export_needs_a_reason()
    {
        var scene = await new LogScene(database, "reasons").BeginAsync();
        using var file = new MemoryStream();
        await Assert.ThrowsAsync<InvalidInputException>(
            () => Exporter().RunAsync(scene.Manager, new(scene.Shop, new(), ExportFormat.Csv, "  x ", "en"), file, default));
        Assert.Equal(0, file.Length);
    }

    private Task<ExportedFile> Export(LogScene scene, Actor actor, Stream file, ExportFormat format) =>
        Exporter().RunAsync(actor, new(scene.Shop, new(), format, "monthly review", "en"), file, default);

    private ExportFollowUps Exporter() => new(database.Db, time, new OutcomeCatalogue([], [], []));

    private static List<Cell> Cells(MemoryStream file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file.ToArray()), false);
        return [.. document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Cell>()];
    }
}
