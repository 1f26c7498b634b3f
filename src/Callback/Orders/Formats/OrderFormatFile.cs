using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Callback.Orders.Formats;

/// <summary>A file of <c>config/order-formats</c> as it is written; <c>config/schemas/order-format.schema.json</c> says the same to editors.</summary>
internal sealed class OrderFormatFile
{
    public string? Name { get; set; }
    public Dictionary<string, string>? Title { get; set; }
    public List<string>? Requires { get; set; }
    public string Rows { get; set; } = "order";
    public string AmountOf { get; set; } = "order";
    public string? Zone { get; set; }
    public string? Country { get; set; }
    public string? Currency { get; set; }
    public ExportTimeForm? ExportTime { get; set; }
    public Dictionary<string, List<string>>? Columns { get; set; }
    public List<StatusForm>? Status { get; set; }
    public List<string>? Dates { get; set; }
    public string DecimalMark { get; set; } = ".";
    public string Items { get; set; } = "columns";
    public string? Address { get; set; }
    public List<string> PaysLater { get; set; } = [];
    public List<string> RefundWords { get; set; } = [];
    public List<string> NoBuyer { get; set; } = [];
    public int DaysToDelivery { get; set; }

    internal sealed class ExportTimeForm
    {
        public string? Pattern { get; set; }
        public string? Form { get; set; }
    }

    internal sealed class StatusForm
    {
        public List<string>? Columns { get; set; }
        public Dictionary<string, string>? Words { get; set; }
        public string? Filled { get; set; }
        public List<string> DropBefore { get; set; } = [];
        public bool Optional { get; set; }
    }

    /// <exception cref="FormatException">Not YAML, an unknown key, or a value of the wrong kind: says where.</exception>
    public static OrderFormatFile Parse(string yaml)
    {
        try
        {
            var reader = new DeserializerBuilder()
                .WithNamingConvention(CamelCaseNamingConvention.Instance)
                .WithDuplicateKeyChecking()
                .Build();
            return reader.Deserialize<OrderFormatFile?>(yaml) ?? throw new FormatException("The file is empty.");
        }
        catch (YamlException e)
        {
            throw new FormatException($"Line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }
}
