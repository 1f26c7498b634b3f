using System.Text.Json;
using System.Text.Json.Serialization;

namespace Callback.Web.Api;

/// <summary>How the API writes: camel case, enums by name, shops and order numbers as the plain text they are.</summary>
internal static class ApiJson
{
    public static IServiceCollection AddApiJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(json =>
    {
        json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
        json.SerializerOptions.Converters.Add(new TextConverter<ShopId>(ShopId.Parse, shop => shop.Value));
        json.SerializerOptions.Converters.Add(new TextConverter<OrderNo>(OrderNo.Parse, number => number.Value));
    });

    private sealed class TextConverter<T>(Func<string?, T> parse, Func<T, string> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return parse(reader.GetString());
            }
            catch (FormatException e)
            {
                throw new JsonException(e.Message);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}
